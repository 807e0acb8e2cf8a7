"""Sends the letters of invitations, at each tick: the row says what is due; nothing is sent inside a request."""

import datetime as dt
import uuid
from smtplib import SMTPException, SMTPRecipientsRefused

import structlog
from django.conf import settings
from django.db import transaction

from supervision.letters import invitation_letter
from supervision.models import Supervision, hash_token
from tracker.lib.sender import sender_host

_NAMESPACE = uuid.UUID("6f1d3a57-5a0b-4f5e-9a86-0d5a5f3a4c11")
_FOR_GOOD = 500
log = structlog.get_logger(__name__)


def send_invitations(*, at: dt.datetime) -> int:
    """Send what is due at this instant; return how many letters the mail server took."""
    sent = 0
    for supervision in _claim(at):
        try:
            sent += _send(supervision)
        except (SMTPException, OSError) as error:
            log.warning("invitation_not_sent", supervision=supervision.public_id, error=type(error).__name__)
            break  # the next one would fare no better; all are due again later
    return sent


@transaction.atomic
def _claim(at: dt.datetime) -> list[Supervision]:
    """Take a batch; each of its rows is due again after the next pause, should this process die."""
    due = Supervision.objects.unsent(at).select_related("student").order_by("mail_due_at", "pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",))[: settings.WAYMARK_BATCH])
    for row in rows:
        row.mail_due_at, row.mail_tries = _next_try(row, at), row.mail_tries + 1
        row.token_hash = hash_token(row.token)  # differs only when SECRET_KEY was changed meanwhile
    Supervision.objects.bulk_update(rows, ["mail_due_at", "mail_tries", "token_hash"])
    return [row for row in rows if row.student.is_active]


def _next_try(row: Supervision, at: dt.datetime) -> dt.datetime | None:
    """Return when to try again after this try; None once the invitation is too old."""
    pauses = settings.WAYMARK_RETRY_AFTER_MINUTES
    pause = max(dt.timedelta(minutes=pauses[min(row.mail_tries, len(pauses) - 1)]), settings.WAYMARK_LEASE)
    return None if at + pause > row.invited_at + settings.WAYMARK_GIVE_UP_AFTER else at + pause


def _send(supervision: Supervision) -> bool:
    letter = invitation_letter(supervision)
    letter.extra_headers["Message-ID"] = f"<{uuid.uuid5(_NAMESPACE, supervision.public_id)}@{sender_host()}>"
    try:
        letter.send()
    except SMTPRecipientsRefused as refused:
        if any(code < _FOR_GOOD for code, _ in refused.recipients.values()):
            return False
        log.info("invitation_refused", supervision=supervision.public_id)
    Supervision.objects.filter(pk=supervision.pk).update(mail_due_at=None)
    return True
