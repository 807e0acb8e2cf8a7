"""Names the app for Django."""

from django.apps import AppConfig


class OwnDataConfig(AppConfig):
    """The app's name; it has no tables of its own, for archives belong to an account."""

    name = "owndata"
