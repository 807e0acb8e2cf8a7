"""Names the app for Django."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app's name; it connects no signals."""

    name = "imports"
