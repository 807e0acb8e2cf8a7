"""Names the app for Django, and gives pages of the app below what ours adds to them."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The app's name; it connects no signals."""

    name = "outreach"

    def ready(self) -> None:
        """Add our lists to the search and to the page of an application, which know nothing of ours."""
        from applications.queries import beside, search  # noqa: PLC0415 - models are loaded by now
        from outreach.queries.ladder import LISTS  # noqa: PLC0415
        from outreach.queries.search import PEOPLE, hit  # noqa: PLC0415

        search.MORE["Your people"] = (PEOPLE, hit)
        beside.MORE.update(LISTS)
