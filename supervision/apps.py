"""Names the app for Django, and gives the page of an application what supervision adds to its one statement."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The app's name; it connects no signals."""

    name = "supervision"

    def ready(self) -> None:
        """Add our lists: that page's app, below this one, knows nothing of it."""
        from applications.queries.beside import MORE  # noqa: PLC0415 - models are loaded by now
        from supervision.queries.talking import LISTS  # noqa: PLC0415

        MORE.update(LISTS)
