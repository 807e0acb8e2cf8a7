"""Changes of requests: a student asks, somebody answers, the student takes it back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.models import User
from applications.actions.approvals import decide
from applications.models import Application
from supervision.asking import Asked, Standing, answers
from supervision.models import Request, Supervision, hash_token
from tracker.lib.errors import DomainError, StaleError


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: everything that the one who is asked reads, and the student's own link to an application."""

    kind: str
    what: str
    details: str = ""
    due_on: dt.date | None = None
    application: Application | None = None
    facts: Sequence[tuple[str, str]] = ()


@transaction.atomic
def ask(
    *, student: User, supervision: Supervision | None, email: str, wish: Wish, at: dt.datetime, on: dt.date
) -> Request:
    """Ask a supervisor, or whoever has this address; a mail with a link to answer is due at once.

    Raises DomainError for the student's own address, a day that has passed, and above the day's number; the same
    request again, while it waits, is the one there is.
    """
    User.objects.select_for_update(of=("self",)).get(pk=student.pk)
    email = _address(student, supervision, email)
    if wish.due_on is not None and wish.due_on < on:
        raise DomainError("This day has passed. Choose today or a later one.", field="due_on")
    mine = Request.objects.visible_to(student).filter(student=student)
    names = ("kind", "what", "due_on", "application")
    same = {"email": email, **{name: getattr(wish, name) for name in names}}
    known = mine.waiting().filter(**same).first()
    if known is not None:
        return known
    if mine.filter(asked_at__gt=at - dt.timedelta(days=1)).count() >= settings.WAYMARK_REQUESTS_PER_DAY:
        raise DomainError(f"You can ask {settings.WAYMARK_REQUESTS_PER_DAY} times in a day. Go on tomorrow.")
    told = {"details": wish.details, "facts": [list(fact) for fact in wish.facts]}
    request = Request(student=student, supervision=supervision, asked_at=at, mail_due_at=at, **same, **told)
    request.token_hash = hash_token(request.token)
    request.save()
    return request


@transaction.atomic
def answer(*, request: Request, standing: str, text: str, by: User | None, at: dt.datetime, on: dt.date) -> Request:
    """Say yes, done or no; nobody as `by` when the link of the mail answers.

    What is done or declined is so for good, and its link is dead. StaleError when it was answered or taken back
    meanwhile. An approval goes into the student's record.
    """
    held = Request.objects.select_for_update(of=("self",)).waiting().filter(pk=request.pk).first()
    if held is None:
        raise StaleError("This was answered or taken back meanwhile.")
    if standing not in dict(answers(held.kind, held.standing)):
        raise DomainError("Choose one of the answers.", field="standing")
    held.standing, held.answer, held.answered_by = standing, text, by
    if standing == Standing.PROMISED:
        held.promised_at = at
    else:
        held.answered_at, held.token_hash, held.mail_due_at = at, "", None
    held.save()
    if held.kind == Asked.APPROVAL and held.application is not None and not held.is_waiting:
        approved = standing == Standing.DONE
        decide(application=held.application, approved=approved, who=str(by or held.email), on=on, at=at)
    return held


@transaction.atomic
def withdraw(*, request: Request, by: User, at: dt.datetime) -> bool:
    """Take a request back: it leaves the queue at once, and its link is dead; return whether it still waited."""
    waiting = Request.objects.visible_to(by).filter(pk=request.pk, student=by).waiting()
    return bool(waiting.update(**_TAKEN_BACK, answered_at=at))


def withdraw_all(*, supervision: Supervision, at: dt.datetime) -> int:
    """Take back what waits for an answer through a sharing that ends, within its transaction."""
    return Request.objects.filter(supervision=supervision).waiting().update(**_TAKEN_BACK, answered_at=at)


_TAKEN_BACK = {"standing": Standing.WITHDRAWN, "token_hash": "", "mail_due_at": None}


def _address(student: User, supervision: Supervision | None, email: str) -> str:
    if supervision is not None and supervision.supervisor is not None:
        return supervision.supervisor.email
    email = email.strip().lower()
    if email == student.email:
        raise DomainError("This is your own address. Enter theirs.", field="email")
    return email
