"""Names the app for Django."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """The app's name; what happened is written down by triggers of the database, not by signals."""

    name = "webhooks"
