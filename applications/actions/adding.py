"""Adding an application: three facts in, one row and its first event out."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from accounts.models import User
from applications import link
from applications.choices import Source
from applications.history import Step, begin
from applications.models import Application, Event
from applications.queries.add import meant
from applications.queries.window import window_of
from applications.stage import ACTIVE, Stage
from companies.actions import propose_company
from companies.models import Company, Posting
from tracker.lib.errors import DomainError

LONGEST_ROLE = 200


def add_application(
    *,
    student: User,
    company_or_link: str,
    role: str,
    stage: str,
    request_key: uuid.UUID,
    at: dt.datetime,
    on: dt.date,
) -> Application:
    """Add an application at a company, or for the posting behind a link, and return it.

    A second request with the same key, which is what a double click sends, gets the first one's application.
    A company that nobody has entered yet becomes the student's own until a curator approves it.
    """
    known = added_before(student, request_key)
    if known:
        return known
    typed, role = link.read(company_or_link), clean_role(role)
    if stage not in ACTIVE:
        raise DomainError("Choose a stage from the list.", field="stage")
    posting, shown, name = meant(student, typed)
    try:
        with transaction.atomic():
            company = shown or _named(student, name, at)
            application = Application(student=student, company=company, url=typed.url, role=role)
            _fill(application, posting)
            return _save(application, Stage(stage), request_key, on)
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


def _named(student: User, name: str, at: dt.datetime) -> Company:
    if not name:
        raise DomainError("This site lists many companies. Type the company's name after the link.", field=link.FIELD)
    try:
        return propose_company(name=name, by=student, at=at)
    except DomainError as error:
        raise DomainError(error.sentence, field=link.FIELD) from None


def _fill(application: Application, posting: Posting | None) -> None:
    """Take from the posting what the student did not type."""
    if posting:
        application.posting = posting
        application.role = application.role or posting.title[:LONGEST_ROLE]
        application.team_id = posting.team_id
        application.kind, application.hours = posting.kind, posting.hours
        application.closes_on, application.zone = posting.closes_on, posting.zone
        application.starts_from, application.weeks = posting.starts_on, posting.max_weeks
        application.place = " · ".join(posting.places)[:160]
        application.source = Source.LIST
    elif link.host_is(application.url, "linkedin.com"):
        application.source = Source.LINKEDIN


def _save(application: Application, stage: Stage, request_key: uuid.UUID, on: dt.date) -> Application:
    window = window_of(application.student, on)
    application.season_id = window.season_id if window else None
    now = begin(Step(on, stage))
    application.stage, application.stage_since, application.applied_on = now.stage, now.since, now.applied_on
    application.request_key = request_key
    application.save(force_insert=True)
    Event.objects.create(application=application, kind=Event.Kind.ADDED, stage=stage, on=on, by=application.student)
    return application
