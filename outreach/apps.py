"""Names the app for Django, and gives pages of the app below what ours adds to them."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """The app's name; it connects no signals."""

    name = "outreach"

    def ready(self) -> None:
        """Add ours to the search, an application's page, Today and the plan, which know nothing of it."""
        from applications.others import OTHERS, Others  # noqa: PLC0415
        from applications.queries import (  # noqa: PLC0415 - models are loaded by now
            beside,
            plan,
            search,
        )
        from applications.today_rules import Rule  # noqa: PLC0415
        from outreach.actions.today import KEPT, finish, hold, is_own, let_go  # noqa: PLC0415
        from outreach.queries.conferences import PLANNED, planned  # noqa: PLC0415
        from outreach.queries.ladder import LISTS  # noqa: PLC0415
        from outreach.queries.search import PEOPLE, hit  # noqa: PLC0415
        from outreach.today import ROWS, todos, way  # noqa: PLC0415

        search.MORE["Your people"] = (PEOPLE, hit)
        beside.MORE.update(LISTS)
        plan.MORE["conferences"] = (PLANNED, planned)
        lines = Others(ROWS, todos, way, is_own, finish, let_go, KEPT, hold)
        OTHERS.update(dict.fromkeys((Rule.REPLY, Rule.PERSON, Rule.OUTREACH), lines))
