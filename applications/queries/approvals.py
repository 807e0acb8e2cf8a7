"""The record of approval as people read it: on its page, printed, and by whoever is asked to approve."""

import datetime as dt
from dataclasses import dataclass

from applications.choices import Decision
from applications.models import Application, Approval
from tracker.lib import dates

_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class ApprovalPage:
    """Facts in the order of the page, the decision in a sentence, and whether somebody gave it here themselves."""

    record: Approval
    facts: list[tuple[str, str]]
    decision: str
    is_confirmed: bool


def approval_page(application: Application) -> ApprovalPage:
    """Return the record of one application, empty when nothing is noted yet: one query."""
    record = record_of(application)
    return ApprovalPage(record, facts_of(application, record), _decided(record), record.confirmed_at is not None)


def record_of(application: Application) -> Approval:
    """Return the record, or an empty one with the days that the application or its offer has already."""
    known = Approval.objects.filter(application=application).first()
    return known or _fresh(application)


def _fresh(application: Application) -> Approval:
    offer = getattr(application, "offer", None)
    days = (offer.starts_on, offer.ends_on) if offer and offer.starts_on else (application.starts_from, None)
    return Approval(application=application, away_from=days[0], away_until=days[1], version=0)


def facts_of(application: Application, record: Approval) -> list[tuple[str, str]]:
    """Return what somebody must know who approves: (label, words), without what is not noted."""
    away = [f"{label} {dates.full_day(day)}" for label, day in _away(record) if day]
    facts = (
        ("Where", f"{application.title}, {application.company.name}"),
        ("Away", ", ".join(away)),
        ("Funded by", _funder(record)),
        ("Stipend meanwhile", record.get_stipend_display() if record.stipend else ""),
        ("Thesis", _thesis(record)),
        ("Conditions", record.conditions),
    )
    return [(label, words) for label, words in facts if words]


def _away(record: Approval) -> tuple[tuple[str, dt.date | None], ...]:
    return (("from", record.away_from), ("until", record.away_until))


def _funder(record: Approval) -> str:
    kind = record.get_funder_display() if record.funder else ""
    return ": ".join(part for part in (kind, record.funder_name) if part)


def _thesis(record: Approval) -> str:
    """Say what it does to the day the thesis is due: "Due 30 September 2027, then 31 December 2027: 3 months later"."""
    if record.thesis_on is None:
        return ""
    due = f"Due {dates.full_day(record.thesis_on)}"
    if record.thesis_moves_to is None:
        return due
    if record.thesis_moves_to == record.thesis_on:
        return f"{due}, which stays"
    days = (record.thesis_moves_to - record.thesis_on).days
    months = max(1, round(abs(days) / _MONTH))
    way = "later" if days > 0 else "earlier"
    return f"{due}, then {dates.full_day(record.thesis_moves_to)}: {months} month{'s' * (months > 1)} {way}"


def _decided(record: Approval) -> str:
    if record.decision in (Decision.OPEN, Decision.NOT_NEEDED):
        return str(record.get_decision_display())
    day = f" on {dates.full_day(record.decided_on)}" if record.decided_on else ""
    return f"{record.get_decision_display()} by {record.decided_by}{day}"
