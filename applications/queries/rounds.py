"""The rounds of an application as its page shows them, and one round with what is odd about it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings

from applications.interviews.calendar import round_entry
from applications.interviews.rounds import Slot, both_times, clash, link_of
from applications.models import Application, InterviewRound
from applications.queries.sql import objects
from applications.queries.timeline import near_day
from tracker.lib.dates import day
from tracker.lib.ical import Entry, calendar
from tracker.lib.sender import sender_host

Status = InterviewRound.Status
With = InterviewRound.With
_SOMEBODY = {
    With.RECRUITER: "a recruiter",
    With.RESEARCHER: "a researcher",
    With.ENGINEER: "an engineer",
    With.MANAGER: "a manager",
    With.PANEL: "a panel",
}
OFF = {Status.MOVED, Status.CANCELLED}
HELD = {Status.DONE, Status.PASSED, Status.NOT_THIS_TIME}
_PILLS = {
    Status.DONE: ("soft", "hourglass-split"),
    Status.PASSED: ("ok", "check-lg"),
    Status.NOT_THIS_TIME: ("soft", "archive"),
    Status.MOVED: ("outline", "arrow-left-right"),
    Status.CANCELLED: ("outline", "x-lg"),
}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One round, ready to print; `css` is ok, up (the next one), maybe (no day yet) or nothing."""

    id: str
    number: int | None
    title: str
    meta: str
    css: str
    pill: tuple[str, str, str] | None
    join: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """One round with its times in both zones, its link, and what to look at."""

    when: str
    until: str
    link: str
    pill: tuple[str, str, str]
    is_past: bool
    asks_debrief: bool
    clash: str


def slot(interview: InterviewRound) -> Slot:
    """Return when a round is."""
    return Slot(interview.on, interview.minutes, interview.zone, interview.starts_at)


def rounds_of(application: Application) -> list[InterviewRound]:
    """Return the rounds by time; those without a day come last."""
    found = objects(InterviewRound, "WHERE t.application_id = %(id)s ORDER BY t.id", {"id": application.pk})
    return sorted(found, key=lambda r: (r.on is None, r.on or dt.date.max, r.starts_at is not None, _second(r), r.pk))


def _second(interview: InterviewRound) -> float:
    return interview.starts_at.timestamp() if interview.starts_at else 0.0


def round_lines(rounds: Sequence[InterviewRound], *, at: dt.datetime, own: ZoneInfo) -> list[RoundLine]:
    """Tell all rounds; those that were moved or cancelled get no number."""
    upcoming = next((r for r in rounds if _is_ahead(r, at, own)), None)
    lines, number = [], 0
    for interview in rounds:
        counts = interview.status not in OFF
        number += counts
        lines.append(_line(interview, number if counts else None, is_next=interview is upcoming, at=at, own=own))
    return lines


def _line(interview: InterviewRound, number: int | None, *, is_next: bool, at: dt.datetime, own: ZoneInfo) -> RoundLine:
    over = interview.status == Status.SCHEDULED and is_past(interview, at, own)
    ahead = _is_ahead(interview, at, own)
    css = "up" if is_next else "ok" if interview.status == Status.PASSED else ""
    return RoundLine(
        id=interview.public_id,
        number=number,
        title=interview.get_kind_display(),
        meta=_meta(interview, at.astimezone(own).date(), own, in_full=ahead),
        css="maybe" if interview.status == Status.SCHEDULED and interview.on is None else css,
        pill=None if ahead or over else pill_of(interview),
        join=link_of(interview.place) if ahead else "",
        is_over=over,
    )


def pill_of(interview: InterviewRound) -> tuple[str, str, str]:
    """Return word, colour and icon of where a round stands; nothing of it is red."""
    status = Status(interview.status)
    if status == Status.SCHEDULED:
        return ("Scheduled", "st-interviewing", "clock") if interview.on else ("Expected", "outline", "")
    return (str(status.label), *_PILLS[status])


def _meta(interview: InterviewRound, today: dt.date, own: ZoneInfo, *, in_full: bool) -> str:
    if interview.on is None:
        when = "Expected, no date yet" if interview.status == Status.SCHEDULED else ""
    elif in_full:
        times = both_times(slot(interview), own)
        when = f"{day(interview.on)}, {times}" if times else day(interview.on)
    else:
        when = near_day(interview.on, today) + (f", {interview.minutes} min" if interview.minutes else "")
    people = interview.people or _SOMEBODY.get(With(interview.with_whom), "")
    return ", ".join(part for part in (when, f"with {people}" if people else "") if part)


def is_past(interview: InterviewRound, at: dt.datetime, own: ZoneInfo) -> bool:
    """Say whether a round is over, or, while its time is unknown, whether its day is."""
    ends = slot(interview).ends_at or interview.starts_at
    if ends is not None:
        return ends <= at
    return interview.on is not None and interview.on < at.astimezone(own).date()


def _is_ahead(interview: InterviewRound, at: dt.datetime, own: ZoneInfo) -> bool:
    return interview.status == Status.SCHEDULED and interview.on is not None and not is_past(interview, at, own)


def round_page(interview: InterviewRound, *, at: dt.datetime, own: ZoneInfo) -> RoundPage:
    """Tell one round."""
    scheduled = interview.status == Status.SCHEDULED
    return RoundPage(
        when=day(interview.on) if interview.on else "No date yet",
        until=both_times(slot(interview), own),
        link=link_of(interview.place),
        pill=pill_of(interview),
        is_past=scheduled and is_past(interview, at, own),
        asks_debrief=interview.status in HELD or (scheduled and is_past(interview, at, own)),
        clash=_clash(interview, at, own) if scheduled else "",
    )


def calendar_entry(interview: InterviewRound) -> Entry:
    """Return title and time of a round that has a date, as calendars know it: no names, place or notes.

    Its number is the version, which grows with each change, of the length too; `revision` is that of reminders.
    """
    return round_entry(
        slot(interview),
        uid=f"round-{interview.public_id}@{sender_host()}",
        sequence=interview.version,
        stamped=interview.updated_at,
        kind=interview.get_kind_display(),
        company=interview.application.company.name,
        is_off=interview.status in OFF,
    )


def calendar_file(interview: InterviewRound, *, url: str) -> bytes:
    """Return a round that has a date as a file: the same entry each time, with all that helps to be there."""
    people = interview.people or _SOMEBODY.get(With(interview.with_whom), "")
    entry = replace(
        calendar_entry(interview),
        place=interview.place,
        about=f"With {people}" if people else "",
        url=url,
        alarm=settings.WAYMARK_ROUND_ALARM,
    )
    return calendar([entry], head=["METHOD:PUBLISH"])


def asked_first(interview: InterviewRound, *, at: dt.datetime, own: ZoneInfo) -> list[str]:
    """Return what to ask before this round is saved as it was typed: it is over already, or another is too near."""
    page = round_page(interview, at=at, own=own)
    past = ["This is in the past. Has it happened?"] if page.is_past else []
    return past + ([f"You have {page.clash}. Keep both?"] if page.clash else [])


def _clash(interview: InterviewRound, at: dt.datetime, own: ZoneInfo) -> str:
    """Return "Marram Robotics at 14:30", the student's other round that is too near to this one; else nothing."""
    if interview.starts_at is None or is_past(interview, at, own):
        return ""
    around = (interview.starts_at - dt.timedelta(days=1), interview.starts_at + dt.timedelta(days=1))
    others = (
        InterviewRound.objects.filter(application__student=interview.application.student_id, starts_at__range=around)
        .filter(status=Status.SCHEDULED)
        .exclude(pk=interview.pk)
        .select_related("application__company")
        .order_by("starts_at", "pk")
    )
    apart = settings.WAYMARK_ROUNDS_APART
    found = next((other for other in others if clash(slot(interview), slot(other), apart)), None)
    if found is None or found.starts_at is None:
        return ""
    return f"{found.application.company.name} at {found.starts_at.astimezone(own):%H:%M}"
