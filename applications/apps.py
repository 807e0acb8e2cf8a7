"""Names the app for Django."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """The app's name; it connects no signals."""

    name = "applications"
