"""Reads the environment, the only source of settings; says in one sentence what is missing."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL")

env = environ.Env(
    DEBUG=(bool, False),
    DEMO=(bool, False),
    DEMO_MAIL_DIR=(str, ""),
    SITE_URL=(str, "http://127.0.0.1:8000"),
    EMAIL_URL=(str, "smtp://127.0.0.1:25"),
    DEFAULT_FROM_EMAIL=(str, "Waymark <waymark@localhost>"),
    MAIL_RATE_PER_SECOND=(float, 0.0),
    LOG_LEVEL=(str, "INFO"),
    MEDIA_ROOT=(str, str(BASE_DIR / "var" / "media")),
    JOURNAL_ROOT=(str, str(BASE_DIR / "var" / "journal")),
    CACHE_URL=(str, ""),
    TRUSTED_PROXIES=(int, 0),
)


def require() -> None:
    """Refuse to start without the four settings that have no safe default."""
    missing = [name for name in REQUIRED if not env.str(name, default="")]
    if missing:
        message = f"Set {', '.join(missing)} in the environment; .env.example says what each is."
        raise ImproperlyConfigured(message)
