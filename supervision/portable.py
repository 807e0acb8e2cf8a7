"""What of sharing is a person's own data. Most of it is told and does not come back: consent is given, not brought."""

from django.db.models import Q

from supervision.models import (
    Comment,
    Counted,
    Introduction,
    Look,
    Milestone,
    Request,
    SharingEvent,
    SharingException,
    Supervision,
)
from tracker.lib.portable import KEPT_FOR_CHECKS, Table

_HASHED = "It is a secret, kept as a hash only."
_SENDING = dict.fromkeys(("mail_due_at", "mail_tries"), KEPT_FOR_CHECKS)

TABLES = (
    Table("introductions", Introduction, lambda person: Introduction.objects.filter(by=person)),
    Table("milestones", Milestone, Milestone.objects.visible_to),
    Table(
        "sharing",
        Supervision,
        lambda person: Supervision.objects.filter(Q(student=person) | Q(supervisor=person)),
        leaves_out={"token_hash": _HASHED, **_SENDING},
        comes_back=False,
    ),
    Table(
        "sharing_events",
        SharingEvent,
        lambda person: SharingEvent.objects.filter(supervision__student=person),
        comes_back=False,
    ),
    Table(
        "sharing_exceptions",
        SharingException,
        lambda person: SharingException.objects.filter(supervision__student=person),
        comes_back=False,
    ),
    Table("looks", Look, lambda person: Look.objects.filter(supervision__student=person), comes_back=False),
    Table(
        "requests",
        Request,
        lambda person: Request.objects.filter(Q(student=person) | Q(supervision__supervisor=person)),
        leaves_out={"token_hash": _HASHED, **_SENDING},
        comes_back=False,
    ),
    Table(
        "comments",
        Comment,
        lambda person: Comment.objects.filter(Q(application__student=person) | Q(by=person)),
        comes_back=False,
    ),
    Table("counted", Counted, Counted.objects.visible_to, comes_back=False),
)
