"""Tells the searches of the demo's students through the product's own actions, each on its day in the past."""

import datetime as dt
import uuid

from accounts.models import User
from applications.actions.adding import add_application
from applications.actions.events import log_event
from applications.actions.rounds import add_round
from applications.actions.stages import close, move
from applications.models import Application, Event
from applications.stage import Stage
from companies.models import Posting
from tracker.demo_data.shapes import Role, workday

_NOON = dt.time(12, tzinfo=dt.UTC)
_SPACE = uuid.UUID("6f1c1b60-0d3c-4e0c-9a53-6a1d7c4b7b11")


class Story:
    """One student's search, told on one day."""

    def __init__(self, student: User, *, at: dt.datetime) -> None:
        """Look up the postings that the roles may come from."""
        self.student = student
        self.at = at
        self.today = at.astimezone(student.tz).date()
        demo = Posting.objects.filter(origin="demo").select_related("company")
        self.links = {(posting.company.name, posting.title): posting.url for posting in demo}

    def tell(self, role: Role) -> Application:
        """Add the application, take it through its stages, and write what stands on its page."""
        first, *others = role.moves
        application = add_application(
            student=self.student,
            company_or_link=self.links.get((role.firm, role.title), role.firm),
            role=role.title,
            stage=first[1],
            request_key=uuid.uuid5(_SPACE, f"{self.student.email} {role.firm} {role.title}"),
            at=self._noon(first[0]),
            on=self._day(first[0]),
        )
        for days, stage in others:
            self._enter(application, role, days, stage)
        self._facts(application, role)
        self._log(application, role)
        self._rounds(application, role)
        self._date_back(application)
        return application

    def _enter(self, application: Application, role: Role, days: int, stage: Stage) -> None:
        by, at, on = self.student, self._noon(days), self._day(days)
        if stage is Stage.CLOSED:
            close(application=application, outcome=str(role.outcome), reason="", by=by, at=at, on=on)
        else:
            move(application=application, to=stage, by=by, at=at, on=on)

    def _facts(self, application: Application, role: Role) -> None:
        """Set what the student noted along the way; not as edits, of which the timeline would speak."""
        facts: dict[str, object] = {
            "place": role.place,
            "kind": role.kind,
            "source": role.source,
            "way_in": role.way_in,
            "referrer": role.referrer,
            "on_hold": role.on_hold,
            "next_step": role.next_step,
            "next_step_on": None if role.next_step_by is None else self._day(role.next_step_by),
            "weeks": role.weeks or application.weeks,
            "notes": role.notes,
        }
        Application.objects.filter(pk=application.pk).update(**facts)

    def _log(self, application: Application, role: Role) -> None:
        for entry in role.log:
            log_event(
                application=application,
                kind=entry.kind,
                text=entry.text,
                is_shared=entry.is_shared,
                on=self._day(entry.day),
                by=self.student,
                at=self._noon(entry.day),
            )

    def _rounds(self, application: Application, role: Role) -> None:
        """Add each round as it was known on its day; those to come were known when the interviews began."""
        for told in role.rounds:
            known = told.day if told.day is not None and told.day < 0 else role.moves[-1][0]
            details = {
                "kind": told.kind,
                "with_whom": told.with_whom,
                "people": told.people,
                "on": None if told.day is None else self._day(told.day),
                "time": told.time,
                "minutes": told.minutes,
                "zone": told.zone,
                "place": told.place,
                "status": told.status,
                "notes": told.notes,
            }
            add_round(application=application, details=details, by=self.student, at=self._noon(known))

    def _day(self, days: int) -> dt.date:
        return workday(self.today, days)

    def _noon(self, days: int) -> dt.datetime:
        return min(dt.datetime.combine(self._day(days), _NOON), self.at)

    def _date_back(self, application: Application) -> None:
        """Let events count as written down on their own days, and the last one as the latest change."""
        events = list(application.events.order_by("on", "pk"))
        for event in events:
            event.recorded_at = min(dt.datetime.combine(event.on, _NOON), self.at)
        Event.objects.bulk_update(events, ["recorded_at"])
        Application.objects.filter(pk=application.pk).update(
            created_at=events[0].recorded_at, updated_at=events[-1].recorded_at
        )
