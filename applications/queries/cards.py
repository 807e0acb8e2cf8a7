"""A ticket on the board: what it says, told from one row and its rounds. Strings are made here, not in the template."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from applications.choices import WayIn
from applications.models import ROLE_TO_ADD, InterviewRound
from applications.referral import Referral
from applications.season import weeks
from applications.stage import UNSENT, Outcome, Stage
from companies.models import Kind
from tracker.lib.dates import DAYS, short_day
from tracker.templatetags.waymark import icon_html, mark_html, pill_html

MOST_PILLS = 2
SOON = 3

COLUMNS = """
    a.id, a.public_id, a.role, c.name, a.place, a.kind, a.stage, a.stage_since, a.outcome, a.applied_on, a.closes_on,
    a.next_step, a.next_step_on, a.way_in, a.on_hold, a.hold_until
"""
FOLLOWED_UP = """
    EXISTS (SELECT 1 FROM applications_event e WHERE e.application_id = a.id AND e.kind IN ('email', 'call')
    AND e.on > a.applied_on)
"""


class Fact(NamedTuple):
    """One application as the board reads it, in the order of COLUMNS and FOLLOWED_UP."""

    pk: int
    public_id: str
    role: str
    company: str
    place: str
    kind: str
    stage: str
    stage_since: dt.date
    outcome: str
    applied_on: dt.date | None
    closes_on: dt.date | None
    next_step: str
    next_step_on: dt.date | None
    way_in: str
    on_hold: bool
    hold_until: dt.date | None
    followed_up: bool


class Round(NamedTuple):
    """One interview round as the board reads it."""

    status: str
    kind: str
    on: dt.date | None
    starts_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket, ready to print: written here, since lookups in a template cost more than all that it says."""

    id: str
    html: SafeString


def card(fact: Fact, rounds: Sequence[Round], *, base: str, on: dt.date, tz: ZoneInfo) -> Card:
    """Tell the ticket of one application; `base` is the address of the list, `tz` the reader's zone."""
    upcoming = next((r for r in rounds if r.status == InterviewRound.Status.SCHEDULED and r.on and r.on >= on), None)
    step_icon, step = _step(fact, upcoming, on, tz)
    pills = "".join(_pills(fact, upcoming, on)[:MOST_PILLS])
    url, role, company = f"{base}{fact.public_id}/", escape(fact.role or ROLE_TO_ADD), escape(fact.company)
    where = f"{company}, {escape(fact.place)}" if fact.place else company
    css = " accepted" if fact.outcome == Outcome.ACCEPTED else ""
    foot = dots_html(tuple(r.status for r in rounds)) + pills
    html = (
        f'<article class="tk{css}" id="tk-{fact.public_id}"><div class="tk-h">{mark_html(fact.company, "s")}'
        f'<div class="tk-t"><a class="role" href="{url}">{role}</a><p class="co">{where}</p></div>'
        f'<button class="mv" form="move" formaction="{url}stage/" aria-label="Move {role} at {company}">'
        f"{icon_html('arrow-left-right')}</button></div>"
        + (f'<p class="step">{icon_html(step_icon)}{escape(step)}</p>' if step else "")
        + (f'<div class="tk-f">{foot}</div>' if foot else "")
        + "</article>"
    )
    return Card(fact.public_id, mark_safe(html))  # noqa: S308 - what people typed is escaped


_HELD, _RELEASED = ("pause-circle", "Hold: referral in progress"), ("arrow-return-right", "Submit: the hold is over")


def _step(fact: Fact, upcoming: Round | None, on: dt.date, tz: ZoneInfo) -> tuple[str, str]:
    if fact.on_hold and fact.stage in UNSENT:
        waits = Referral(fact.way_in, "", fact.on_hold, fact.hold_until).waits(on)
        return _HELD if waits else _RELEASED
    if upcoming and upcoming.on:
        return "camera-video", f"{KINDS[upcoming.kind]}, {_when(upcoming, on, tz)}"
    if fact.outcome == Outcome.ACCEPTED:
        return "check-circle-fill", "You accepted"
    if fact.next_step:
        return "arrow-return-right", fact.next_step
    if not fact.followed_up and follow_up_due(fact.stage, fact.applied_on, on):
        return "arrow-return-right", "Follow up once"
    return "", ""


def follow_up_due(stage: str, applied_on: dt.date | None, on: dt.date) -> bool:
    """Say whether the working days after which one short note is normal have passed."""
    if stage != Stage.APPLIED or applied_on is None:
        return False
    return weeks.working_days_after(applied_on, settings.WAYMARK_FOLLOW_UP_WORKING_DAYS) <= on


def _when(upcoming: Round, on: dt.date, tz: ZoneInfo) -> str:
    day = upcoming.starts_at.astimezone(tz).date() if upcoming.starts_at else upcoming.on
    near = _near(day, on) if day else ""
    return f"{near} {upcoming.starts_at.astimezone(tz):%H:%M}" if upcoming.starts_at else near


def _near(day: dt.date, on: dt.date) -> str:
    """Today, Tomorrow, the weekday within a week, else the day: 20 Nov."""
    away = (day - on).days
    if away in {0, 1}:
        return ("Today", "Tomorrow")[away]
    return DAYS[day.weekday()][:3] if 1 < away < 7 else short_day(day)  # noqa: PLR2004 - a week


def _pills(fact: Fact, upcoming: Round | None, on: dt.date) -> list[SafeString]:
    pills = [
        _day_pill(fact, upcoming, on),
        pill_html("Scheme", "outline", "mortarboard") if fact.kind == Kind.SCHEME else None,
        _way_in_pill(fact.way_in),
    ]
    return [pill for pill in pills if pill]


def _day_pill(fact: Fact, upcoming: Round | None, on: dt.date) -> SafeString | None:
    if upcoming and upcoming.on:
        return pill_html(_near(upcoming.on, on), "st-interviewing", "clock")
    days = {"step": fact.next_step_on, "closes": fact.closes_on if fact.stage in UNSENT else None}
    known = sorted((day, what) for what, day in days.items() if day)
    if known:
        day, what = known[0]
        return _due_pill(day, what, on)
    if fact.stage == Stage.APPLIED and fact.applied_on:
        quiet = (on - max(fact.applied_on, fact.stage_since)).days
        return pill_html(f"{quiet} day{'s' * (quiet != 1)}", "soft", "hourglass-split") if quiet > 0 else None
    return None


def _due_pill(day: dt.date, what: str, on: dt.date) -> SafeString:
    away = (day - on).days
    if what == "closes":
        words = f"Closed {short_day(day)}" if away < 0 else f"Closes {_lower(_near(day, on))}"
        return pill_html(words, "due" if 0 <= away <= SOON else "soft", "clock" if away <= SOON else "calendar-event")
    words = f"Since {short_day(day)}" if away < 0 else _near(day, on)
    return pill_html(words, "due" if away <= 0 else "soft", "clock" if away <= 0 else "calendar-event")


def _lower(word: str) -> str:
    return word.lower() if word in {"Today", "Tomorrow"} else word


KINDS: dict[str, str] = {kind.value: str(kind.label) for kind in InterviewRound.Kind}


def _way_in_pill(way_in: str) -> SafeString | None:
    if way_in == WayIn.REFERRED:
        return pill_html("Referred", "ok", "person-check")
    return pill_html("Referral asked", "outline", "person-check") if way_in == WayIn.ASKED else None


@lru_cache(maxsize=512)
def dots_html(statuses: tuple[str, ...]) -> SafeString:
    """Draw a dot per round, filled when it went through, wide for the current one, a ring for what comes after."""
    counted = [s for s in statuses if s not in {InterviewRound.Status.CANCELLED, InterviewRound.Status.MOVED}]
    if not counted:
        return mark_safe("")
    passed = sum(s == InterviewRound.Status.PASSED for s in counted)
    ahead = len(counted) - passed
    words = f"Round {min(passed + 1, len(counted))} of {len(counted)}; {passed} passed"
    dots = '<i class="f"></i>' * passed + '<i class="n"></i>' * (ahead > 0) + "<i></i>" * max(0, ahead - 1)
    return mark_safe(f'<span class="rounds" role="img" aria-label="{words}">{dots}</span>')  # noqa: S308 - numbers
