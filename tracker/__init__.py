"""The frame: settings, URLs, the Celery app and the embedded services."""

from tracker.celery import app as celery_app  # every process of ours sends its tasks to our own broker

__all__ = ["celery_app"]
