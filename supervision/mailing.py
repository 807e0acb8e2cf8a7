"""Sends the letters of invitations and requests, at each tick: the row says what is due; no page sends anything."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from supervision.letters import invitation_letter, request_letter
from supervision.models import Request, Supervision, hash_token
from tracker.lib.sender import sender_host

_NAMESPACE = uuid.UUID("6f1d3a57-5a0b-4f5e-9a86-0d5a5f3a4c11")
_FOR_GOOD = 500
log = structlog.get_logger(__name__)

type Row = Supervision | Request


@dataclass(frozen=True, slots=True)
class _Post:
    """One kind of letter: which rows are due, how each is written, since when, under which id, and what follows."""

    name: str
    due: Callable[[dt.datetime], Any]
    write: Callable[[Any], EmailMultiAlternatives]
    since: Callable[[Any], dt.datetime]
    key: Callable[[Any], str]
    after: Callable[[Any], dict[str, object]]


_POSTS = (
    _Post(
        name="invitation",
        due=Supervision.objects.unsent,
        write=invitation_letter,
        since=lambda row: row.invited_at,
        key=lambda row: row.public_id,
        after=lambda row: {"mail_due_at": None},  # noqa: ARG005 - nothing follows, whichever row it is
    ),
    _Post(
        name="request",
        due=Request.objects.unsent,
        write=request_letter,
        since=lambda row: row.again_at if row.mails else row.asked_at,
        key=lambda row: f"{row.public_id}-{row.mails}",
        after=lambda row: {"mail_due_at": None if row.mails else row.again_at, "mails": row.mails + 1, "mail_tries": 0},
    ),
)


def send_letters(*, at: dt.datetime) -> int:
    """Send what is due at this instant; return how many letters the mail server took."""
    sent = 0
    try:
        for post in _POSTS:
            for row in _claimed(post, at):
                sent += _send(post, row)
    except (SMTPException, OSError) as error:
        # the next one would fare no better; all are due again later
        log.warning("letter_not_sent", error=type(error).__name__)
    return sent


def _claimed(post: _Post, at: dt.datetime) -> Iterator[Row]:
    """Take a batch; each of its rows is due again after the next pause, should this process die."""
    with transaction.atomic():
        due = post.due(at).select_related("student").order_by("mail_due_at", "pk")
        rows: list[Row] = list(due.select_for_update(skip_locked=True, of=("self",))[: settings.WAYMARK_BATCH])
        for row in rows:
            row.mail_due_at, row.mail_tries = _next_try(post, row, at), row.mail_tries + 1
            row.token_hash = hash_token(row.token)  # differs only when SECRET_KEY was changed meanwhile
            row.save(update_fields=["mail_due_at", "mail_tries", "token_hash"])
    yield from (row for row in rows if row.student.is_active)


def _next_try(post: _Post, row: Row, at: dt.datetime) -> dt.datetime | None:
    """Return when to try again after this try; None once the letter is too old."""
    pauses = settings.WAYMARK_RETRY_AFTER_MINUTES
    pause = max(dt.timedelta(minutes=pauses[min(row.mail_tries, len(pauses) - 1)]), settings.WAYMARK_LEASE)
    return None if at + pause > post.since(row) + settings.WAYMARK_GIVE_UP_AFTER else at + pause


def _send(post: _Post, row: Row) -> bool:
    letter = post.write(row)
    letter.extra_headers["Message-ID"] = f"<{uuid.uuid5(_NAMESPACE, post.key(row))}@{sender_host()}>"
    try:
        letter.send()
    except SMTPRecipientsRefused as refused:
        if any(code < _FOR_GOOD for code, _ in refused.recipients.values()):
            return False
        log.info("letter_refused", kind=post.name, row=row.public_id)
        type(row).objects.filter(pk=row.pk).update(mail_due_at=None)
        return True
    type(row).objects.filter(pk=row.pk).update(**post.after(row))
    return True
