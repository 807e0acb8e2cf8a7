"""The frame as a Django app (template tags, commands) and the admin site at /manage/."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class TrackerConfig(AppConfig):
    """Holds no models."""

    name = "tracker"


class ManageConfig(AdminConfig):
    """Django's own admin behind our rule of who may enter."""

    default_site = "tracker.site.ManageSite"
