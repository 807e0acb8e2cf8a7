"""Applications: a posting that closes, a follow-up, the answer to an offer."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet

from applications.models import Application, Offer
from applications.queries.cards import FOLLOWED_UP
from applications.stage import UNSENT, Stage
from reminders.actions.occasions.columns import STUDENT, columns, unmarked
from reminders.days import Span, follow_ups
from reminders.plan import Rule

_STUDENT = f"JOIN accounts_user u ON u.id = a.student_id AND {STUDENT}"
_APPLICATION = "'application-' || a.public_id"
# What was noted after its reminder was due asks for none: the student has just been there.
_KNOWN = "a.created_at <= m.due_at"


def _before(days: str) -> str:
    """Return SQL that joins the mornings so many days before a last day."""
    return f"""(
        SELECT m.day + b.days AS last_day, b.days, m.zone, m.due_at FROM morning m, unnest(%({days})s::int[]) AS b(days)
    ) AS m ON m.zone = u.time_zone AND {_KNOWN}"""  # noqa: S608 - constants


_CLOSES = f"""{
    columns(
        rule=Rule.POSTING_CLOSES,
        application_id="a.id",
        subject=_APPLICATION,
        offset="-m.days",
        revision="a.closes_on",
        due_at="m.due_at",
        useful_until="e.ends_at",
    )
}
    FROM applications_application a {_STUDENT}
    JOIN {_before("posting_days")} AND m.last_day = a.closes_on
    JOIN ending e ON e.day = a.closes_on AND e.zone = a.zone
    WHERE a.stage IN ('interested', 'preparing') AND a.closes_on BETWEEN %(first_day)s AND %(last_closing)s
        AND {unmarked("closes", "a.public_id", "a.closes_on")}"""

_FOLLOW_UP = f"""{
    columns(
        rule=Rule.FOLLOW_UP,
        application_id="a.id",
        subject=_APPLICATION,
        revision="1",  # once, also when the day of applying is put right
        due_at="m.due_at",
        useful_until="m.due_at + %(follow_up_useful)s",
    )
}
    FROM unnest(%(sent_days)s::date[], %(follow_up_days)s::date[]) AS n(sent, due)
    JOIN applications_application a ON a.applied_on = n.sent AND a.stage = 'applied'
    {_STUDENT}
    JOIN morning m ON m.zone = u.time_zone AND m.day = n.due AND {_KNOWN}
    WHERE NOT {FOLLOWED_UP} AND {unmarked("follow_up", "a.public_id", "n.due")}"""

_ANSWER = f"""{
    columns(
        rule=Rule.OFFER_ANSWER,
        application_id="a.id",
        subject=_APPLICATION,
        offset="-m.days",
        revision="o.answer_by",
        due_at="m.due_at",
        useful_until="e.ends_at",
    )
}
    FROM applications_offer o
    JOIN applications_application a ON a.id = o.application_id AND a.stage = 'offer' AND a.outcome = ''
    {_STUDENT}
    JOIN {_before("offer_days")} AND m.last_day = o.answer_by
    JOIN ending e ON e.day = o.answer_by AND e.zone = u.time_zone
    WHERE o.answer_by BETWEEN %(first_day)s AND %(last_answer)s
        AND {unmarked("answer", "a.public_id", "o.answer_by")}"""

OCCASIONS = (_CLOSES, _FOLLOW_UP, _ANSWER)


def last_days(span: Span) -> QuerySet[Application, tuple[dt.date | None, str]]:
    """Return (day, zone) of the closing days and of the days of answers that are near."""
    unsent = Application.objects.filter(stage__in=UNSENT, closes_on__range=(span.first_day, _last_closing(span)))
    open_offers = Offer.objects.filter(application__stage=Stage.OFFER, application__outcome="")
    near = open_offers.filter(answer_by__range=(span.first_day, _last_answer(span)))
    answers = near.values_list("answer_by", "application__student__time_zone")
    return unsent.values_list("closes_on", "zone").union(answers)


def arguments(span: Span, zones: Sequence[str]) -> dict[str, object]:  # noqa: ARG001 - the mornings know them
    """Return the days before, and which day of applying asks for a follow-up when."""
    pairs = follow_ups(span, settings.WAYMARK_FOLLOW_UP_WORKING_DAYS)
    return {
        "first_day": span.first_day,
        "posting_days": list(settings.WAYMARK_POSTING_DAYS),
        "last_closing": _last_closing(span),
        "offer_days": list(settings.WAYMARK_OFFER_DAYS),
        "last_answer": _last_answer(span),
        "sent_days": [sent for sent, _ in pairs],
        "follow_up_days": [due for _, due in pairs],
        "follow_up_useful": settings.WAYMARK_MILESTONE_USEFUL,
    }


def _last_closing(span: Span) -> dt.date:
    return span.last_day + dt.timedelta(days=max(settings.WAYMARK_POSTING_DAYS))


def _last_answer(span: Span) -> dt.date:
    return span.last_day + dt.timedelta(days=max(settings.WAYMARK_OFFER_DAYS))
