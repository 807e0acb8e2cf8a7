"""Adding an application: three facts in, or all that one knows of it; one row and its first event out."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.models import User
from applications.history import Step, begin
from applications.models import Application, Event
from applications.queries.add import Meant, meant
from applications.queries.window import window_of
from applications.reading import link
from applications.reading.slugs import LONGEST_ROLE
from applications.stage import ACTIVE, Stage
from companies.actions import propose_company, settled
from companies.models import Company, Team
from tracker.lib.errors import DomainError

# What the full form asks beside link, role and stage.
DETAILS = (
    "kind", "hours", "place", "source", "team_id", "closes_on", "zone", "next_step", "next_step_on", "way_in",
    "referrer", "on_hold", "hold_until", "starts_from", "starts_until", "weeks", "notes", "posting_text",
)  # fmt: skip


def add_application(  # noqa: PLR0913 - what was typed, by whom and when
    *,
    student: User,
    company_or_link: str,
    role: str,
    stage: str,
    request_key: uuid.UUID,
    at: dt.datetime,
    on: dt.date,
    applied_on: dt.date | None = None,
    details: Mapping[str, object] | None = None,
) -> Application:
    """Add an application at a company, or for the posting behind a link, and return it.

    A second request with the same key, which is what a double click sends, gets the first one's application.
    A company that nobody has entered yet becomes the student's own until a curator approves it. `applied_on` is the
    day on which an application at Applied was sent, when it was not today.
    """
    known = added_before(student, request_key)
    if known:
        return known
    typed, role = link.read(company_or_link), clean_role(role)
    first = _first_step(stage, on, applied_on)
    it = meant(student, typed)
    try:
        with transaction.atomic():
            company = settled(it.company or _named(student, it.name, at))
            application = Application(student=student, company=company, url=typed.url, role=role, **_known(details))
            check_team(application)
            _fill(application, it)
            return _save(application, first, request_key, on)
    except IntegrityError:
        known = added_before(student, request_key)
        if known is None:
            raise
        return known


def added_before(student: User, request_key: uuid.UUID) -> Application | None:
    """Return what an earlier request with this key added."""
    mine = Application.objects.visible_to(student)
    return mine.select_related("company").filter(request_key=request_key).first()


def clean_role(role: str) -> str:
    """Return the role with single spaces; it may stay empty."""
    role = " ".join(role.split())
    if "\0" in role or not role.isprintable():
        raise DomainError("Enter the role in letters and digits, or leave it empty.", field="role")
    if len(role) > LONGEST_ROLE:
        raise DomainError(f"Use at most {LONGEST_ROLE} characters for the role.", field="role")
    return role


def check_team(application: Application) -> None:
    """Refuse a team of another company."""
    team = application.team_id
    if team is not None and not Team.objects.filter(pk=team, company=application.company_id).exists():
        raise DomainError("Choose one of the company's own teams.", field="team_id")


def _first_step(stage: str, on: dt.date, applied_on: dt.date | None) -> Step:
    if stage not in ACTIVE:
        raise DomainError("Choose a stage from the list.", field="stage")
    if stage != Stage.APPLIED or applied_on is None:
        return Step(on, Stage(stage))
    if applied_on > on:
        raise DomainError("Enter the day on which you applied: today or before.", field="applied_on")
    return Step(applied_on, Stage.APPLIED)


def _known(details: Mapping[str, object] | None) -> Mapping[str, object]:
    unknown = (details or {}).keys() - set(DETAILS)
    if unknown:
        message = f"These are not details: {', '.join(sorted(unknown))}."
        raise TypeError(message)
    return details or {}


def _named(student: User, name: str, at: dt.datetime) -> Company:
    if not name:
        raise DomainError("This site lists many companies. Type the company's name after the link.", field=link.FIELD)
    try:
        return propose_company(name=name, by=student, at=at)
    except DomainError as error:
        raise DomainError(error.sentence, field=link.FIELD) from None


def _fill(application: Application, it: Meant) -> None:
    """Take from the posting, or from what its link says, what the student did not type."""
    untyped = Application()
    application.posting = it.posting
    for name, value in it.facts().items():
        if getattr(application, name) == getattr(untyped, name):
            setattr(application, name, value)
    first, last = application.starts_from, application.starts_until
    if first and last and first > last:  # only the last day was typed, and it was for another year
        application.starts_from = None


def _save(application: Application, first: Step, request_key: uuid.UUID, on: dt.date) -> Application:
    window = window_of(application.student, on)
    application.season_id = window.season_id if window else None
    now = begin(first)
    application.stage, application.stage_since, application.applied_on = now.stage, now.since, now.applied_on
    application.request_key = request_key
    application.date_referral(on)
    application.save(force_insert=True)
    Event.objects.create(
        application=application, kind=Event.Kind.ADDED, stage=first.stage, on=first.on, by=application.student
    )
    return application
