"""The settings of a site that runs in a process of its own, whose static files were never collected."""

from tracker.settings import *  # noqa: F403
from tracker.settings import STORAGES as _STORAGES

STORAGES = {**_STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
