"""Reads the environment, the only source of settings; says in one sentence what is missing."""

import base64
import re
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
_KEY = 32
_LONGEST_ISSUER = 200
_ISSUER = re.compile(r"https://[^\s?#]+|http://(?:localhost|127\.0\.0\.1)(?::\d+)?")
REQUIRED = ("SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL")

PUSH_SERVICES = [
    "https://fcm.googleapis.com",
    "https://updates.push.services.mozilla.com",
    "https://*.push.apple.com",
    "https://*.notify.windows.com",
]
"""Where the browsers there are take messages for their devices."""

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
    VAPID_PRIVATE_KEY=(str, ""),
    PUSH_SERVICES=(list, PUSH_SERVICES),
    FETCH_ALLOWED=(list, []),
    WEBHOOKS=(bool, False),
    WEBHOOKS_INSIDE=(list, []),
    PAPER_INDEX=(str, "https://api.openalex.org"),
    OIDC_ISSUER=(str, ""),
    OIDC_CLIENT_ID=(str, ""),
    OIDC_CLIENT_SECRET=(str, ""),
    OIDC_NAME=(str, ""),
)


def require() -> None:
    """Refuse to start without the four settings that have no safe default, and with a key that is none."""
    missing = [name for name in REQUIRED if not env.str(name, default="")]
    if missing:
        message = f"Set {', '.join(missing)} in the environment; .env.example says what each is."
        raise ImproperlyConfigured(message)
    if not _is_push_key(env("VAPID_PRIVATE_KEY")):
        message = "VAPID_PRIVATE_KEY is no key. Let `manage.py new_push_key` make one, or leave it empty."
        raise ImproperlyConfigured(message)
    _require_university()


def _require_university() -> None:
    """Refuse half of what signing in with a university needs, and an address that anybody on the way could change."""
    issuer, others = env("OIDC_ISSUER"), ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME")
    missing = [name for name in others if issuer and not env(name)]
    if missing:
        message = f"Set {', '.join(missing)} as well, or leave OIDC_ISSUER empty; .env.example says what each is."
        raise ImproperlyConfigured(message)
    if issuer and (len(issuer) > _LONGEST_ISSUER or not _ISSUER.fullmatch(issuer)):
        raise ImproperlyConfigured("OIDC_ISSUER must be an address that starts with https://.")


def _is_push_key(said: str) -> bool:
    """Say whether it is empty or 32 bytes as base64url."""
    try:
        return not said or len(base64.b64decode(said + "=" * (-len(said) % 4), altchars=b"-_", validate=True)) == _KEY
    except ValueError:
        return False
