"""Names the app for Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The app's name; it connects no signals."""

    name = "api"
