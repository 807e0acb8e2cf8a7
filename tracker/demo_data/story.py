"""Tells the searches of the demo's students through the product's own actions, each on its day in the past."""

import uuid

from applications.actions.adding import add_application
from applications.actions.events import log_event
from applications.actions.rounds import add_round
from applications.actions.stages import close, move
from applications.models import Application, Event
from applications.stage import Stage
from companies.models import Posting
from tracker.demo_data import telling
from tracker.demo_data.shapes import Role, Round
from tracker.demo_data.times import Days

_SPACE = uuid.UUID("6f1c1b60-0d3c-4e0c-9a53-6a1d7c4b7b11")


class Story:
    """One student's search, told on one day."""

    def __init__(self, days: Days) -> None:
        """Look up the postings that the roles may come from."""
        self.days = days
        self.student = days.student
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
            request_key=self.key(role.firm, role.title),
            at=self.days.noon(first[0]),
            on=self.days.day(first[0]),
        )
        for days, stage in others:
            self._enter(application, role, days, stage)
        self._correct(application, role)
        self._facts(application, role)
        self._log(application, role)
        for told in role.rounds:
            self._round(application, role, told)
        self._beside(application, role)
        self.date_back(application)
        return application

    def key(self, firm: str, title: str) -> uuid.UUID:
        """Return the key of an application: the same at every loading."""
        return uuid.uuid5(_SPACE, f"{self.student.email} {firm} {title}")

    def _enter(self, application: Application, role: Role, days: int, stage: Stage) -> None:
        by, at, on = self.student, self.days.noon(days), self.days.day(days)
        if stage is Stage.CLOSED:
            close(application=application, outcome=str(role.outcome), reason=role.reason, by=by, at=at, on=on)
        else:
            move(application=application, to=stage, by=by, at=at, on=on)

    def _correct(self, application: Application, role: Role) -> None:
        telling.put_in_late(application, role.late, self.days)
        if role.misdated is not None:
            telling.correct_last_move(application, role.misdated, self.days)
        application.refresh_from_db()

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
            "next_step_on": None if role.next_step_by is None else self.days.day(role.next_step_by),
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
                on=self.days.day(entry.day),
                by=self.student,
                at=self.days.noon(entry.day),
            )

    def _round(self, application: Application, role: Role, told: Round) -> None:
        """Add a round as it was known on its day; one to come was known when the interviews began."""
        known = told.day if told.day is not None and told.day < 0 else role.moves[-1][0]
        details = {
            "kind": told.kind,
            "with_whom": told.with_whom,
            "people": told.people,
            "on": None if told.day is None else self.days.day(told.day),
            "time": told.time,
            "minutes": told.minutes,
            "zone": told.zone,
            "place": told.place,
            "status": told.status,
            "notes": told.notes,
        }
        at = self.days.noon(known)
        interview = add_round(application=application, details=details, by=self.student, at=at)
        telling.prepared(interview, told, self.days)
        if told.learned:
            telling.debriefed(interview, told.learned, self.days, at=at)

    def _beside(self, application: Application, role: Role) -> None:
        at = self.days.noon(role.moves[-1][0])
        if role.fit:
            telling.fits(application, role.fit, self.days, at=at)
        telling.talks(application, role.talks, self.days)
        if role.terms:
            telling.offered(application, role.terms, self.days, at=at)

    def date_back(self, application: Application) -> None:
        """Let events count as written down on their own days, and the last one as the latest change."""
        events = list(application.events.order_by("on", "pk"))
        for event in events:
            event.recorded_at = self.days.noon_of(event.on)
        Event.objects.bulk_update(events, ["recorded_at"])
        Application.objects.filter(pk=application.pk).update(
            created_at=events[0].recorded_at, updated_at=events[-1].recorded_at
        )
