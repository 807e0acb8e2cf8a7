"""Django's settings, from the environment alone (see .env.example)."""

import datetime as dt
from typing import Any

from django.utils.csp import CSP

from tracker.env import BASE_DIR, env, require
from tracker.mail_url import mailer
from tracker.numbers import *  # noqa: F403 - they are settings, kept apart for their number
from tracker.redis_url import celery_url
from tracker.static import NPM_ASSETS  # noqa: F401 - read by the finder as settings.NPM_ASSETS

require()

DEBUG = env("DEBUG")
DEMO = env("DEMO")
DEMO_MAIL_DIR = env("DEMO_MAIL_DIR")
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
SITE_URL = env("SITE_URL").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "tracker.apps.TrackerConfig",
    "accounts.apps.AccountsConfig",
    "companies.apps.CompaniesConfig",
    "applications.apps.ApplicationsConfig",
    "outreach.apps.OutreachConfig",
    "imports.apps.ImportsConfig",
    "supervision.apps.SupervisionConfig",
    "reminders.apps.RemindersConfig",
    "webhooks.apps.WebhooksConfig",
    "owndata.apps.OwnDataConfig",
    "api.apps.ApiConfig",
    "tracker.apps.ManageConfig",  # Django's admin at /manage/, open to curators as well as staff
    "allauth",
    "allauth.account",
    "allauth.socialaccount",  # its addresses are there only with OIDC_ISSUER, its tables always
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "tracker.lib.http.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.time_zone",
    "accounts.middleware.seen",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.RefusedForms",
    "django_htmx.middleware.HtmxMiddleware",
    "tracker.lib.uploads.bounded_uploads",
    "reminders.middleware.wake_after_change",
    "reminders.middleware.forget_at_sign_out",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "companies.context_processors.waiting",
                "reminders.context_processors.bell",
            ],
            "builtins": ["tracker.templatetags.waymark"],
        },
    },
]

# Data. Timeouts: docs/operating.md says why each has its length.
DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"].update(
    CONN_MAX_AGE=60,
    CONN_HEALTH_CHECKS=True,
    OPTIONS={
        **DATABASES["default"].get("OPTIONS", {}),
        "connect_timeout": 5,
        "options": "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s",
    },
)
REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "tracker.lib.cache.ForgivingRedisCache",
        "LOCATION": env("CACHE_URL") or REDIS_URL,
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    },
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "login": "accounts.entrance.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.entrance.AddEmailForm",
    "change_password": "accounts.entrance.ChangePasswordForm",
    "reset_password": "accounts.entrance.ResetPasswordForm",
    "reset_password_from_key": "accounts.entrance.ResetPasswordKeyForm",
    "reauthenticate": "accounts.entrance.ReauthenticateForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # allauth's own names the Host of the request
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env("TRUSTED_PROXIES")

# Signing in with a university; without an issuer there is no trace of it
OIDC_ISSUER = env("OIDC_ISSUER")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env("OIDC_CLIENT_SECRET")
OIDC_NAME = env("OIDC_NAME")
SOCIALACCOUNT_ADAPTER = "accounts.university.adapter.SocialAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# Words, days and forms
LANGUAGE_CODE = "en-gb"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# A request is bounded (WAYMARK_REQUEST_BYTES), so its files stay in memory; one that breaks off leaves nothing behind.
# Only an archive of one's own data may be larger.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "tracker.lib.uploads.NamelessFileHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024**2

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "assets"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "tracker.static.NpmFinder",
    "tracker.made.MadeFinder",
]
STORAGES = {
    "default": {"BACKEND": "tracker.lib.storage.WholeFileStorage"},
    "staticfiles": {"BACKEND": "tracker.static.ManifestStorage"},
}
WHITENOISE_MAX_AGE = 31_536_000
MEDIA_ROOT = env("MEDIA_ROOT")
JOURNAL_ROOT = env("JOURNAL_ROOT")

# Mail
MAILERS = {"default": mailer(env("EMAIL_URL"))}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL")
VAPID_PRIVATE_KEY = env("VAPID_PRIVATE_KEY")  # without it nothing is shown on devices, and nothing offers it
PUSH_SERVICES = env("PUSH_SERVICES")
FETCH_ALLOWED = env("FETCH_ALLOWED")  # origins that feeds may be read from; without any nothing is fetched
WEBHOOKS = env("WEBHOOKS")  # whether people may have addresses of theirs told; without it nothing offers it
# Origins that may be told though they are not https in the open net.
WEBHOOKS_INSIDE = [origin.rstrip("/") for origin in env("WEBHOOKS_INSIDE")]
PAPER_INDEX = env("PAPER_INDEX")  # asked for a DOI alone, if it is among those origins
MAIL_RATE_PER_SECOND = env("MAIL_RATE_PER_SECOND")  # of reminders, by all workers together; 0 is no limit

# What the browser is told
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 63_072_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env("TRUSTED_PROXIES"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
_HOST_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_HOST_PREFIX}session"
CSRF_COOKIE_NAME = f"{_HOST_PREFIX}csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "tracker.views.form_expired"

# Celery: results ignored, small prefetch; the database, not Redis, remembers what is due.
CELERY_BROKER_URL = celery_url(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
# A worker without --queues takes from all four; docs/operating.md gives the long ones a worker of their own.
CELERY_TASK_QUEUES: dict[str, dict[str, Any]] = {"reminders": {}, "imports": {}, "maintenance": {}, "webhooks": {}}
CELERY_TASK_DEFAULT_QUEUE = "maintenance"
CELERY_TASK_ROUTES = {
    "reminders.*": {"queue": "reminders"},
    "*.import": {"queue": "imports"},
    "webhooks.*": {"queue": "webhooks"},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "socket_timeout": 30,
    "socket_connect_timeout": 2,
    "health_check_interval": 25,
    "global_keyprefix": "celery:",
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_PUBLISH_RETRY = False  # a nudge that cannot be sent is dropped: the tick finds the row

# The product's own numbers that hang on the others; the rest is in tracker/numbers.py
WAYMARK_EVENING = dt.time(0) if DEMO else dt.time(18)  # in the demo at once, so that one sees the letter
WAYMARK_QUIET_HOURS = not DEMO
WAYMARK_REQUEST_BYTES = FILE_UPLOAD_MAX_MEMORY_SIZE
WAYMARK_LARGE_REQUESTS = {"/settings/data/bring/": WAYMARK_ARCHIVE_BYTES}  # noqa: F405 - of tracker/numbers.py

LOGGING_CONFIG = None
from tracker import logs  # noqa: E402 - needs LOG_LEVEL from the environment, configures logging once

logs.configure(level=env("LOG_LEVEL"), plain=DEBUG or DEMO)
