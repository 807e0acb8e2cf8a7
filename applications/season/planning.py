"""The plan worked back from the day one wants to start. Pure: days in, steps out.

What companies time (writing, applying, rounds) lies around the application window; what the start times (deciding,
paperwork, housing) keeps its distance to the start. A start too near for that squeezes the plan between the day on
which it was planned and the start. Decision 0018 says why.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

_DAY, _WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
ROOM = 8 * _WEEK
"""How long after the window closes a start must lie, so that the plan fits without squeezing."""
_FEBRUARY = 2


@dataclass(frozen=True, slots=True)
class Step:
    """One step with its days; `title` and `note` are words of ours for derived steps, the student's own otherwise."""

    key: str
    title: str
    note: str
    begins_on: dt.date
    ends_on: dt.date
    is_exact: bool = False
    is_own: bool = False
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """What the student changed of a derived step, or a step of their own, whose key is its public id."""

    key: str
    title: str = ""
    begins_on: dt.date | None = None
    ends_on: dt.date | None = None
    is_own: bool = False
    is_removed: bool = False
    done_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Scheme:
    """When the enrichment scheme closes: a day, or no more than the month it is expected in."""

    closes_on: dt.date
    is_exact: bool
    note: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plan is worked out from."""

    opens_on: dt.date
    closes_on: dt.date
    starts_on: dt.date
    weeks: int | None = None
    planned_on: dt.date | None = None
    phd_started_on: dt.date | None = None
    scheme: Scheme | None = None

    @property
    def is_squeezed(self) -> bool:
        """Whether the start is too near for the whole window, or was set after it."""
        return self.starts_on - self.closes_on < ROOM or (self.planned_on or self.closes_on) > self.closes_on

    @property
    def first_day(self) -> dt.date:
        """The day a squeezed plan begins: when it was planned, as long as that leaves a week."""
        planned = self.planned_on or self.opens_on - 30 * _DAY
        return planned if planned <= self.starts_on - _WEEK else self.starts_on - 4 * _WEEK


WORDS = {
    "summary": ("CV, website and two-page research summary", "A page on what you did, a page on what comes next"),
    "referrals": ("Ask for referrals; write to paper authors", "Someone there who knows your work helps most"),
    "apply": ("Apply", "If you meet most of what they ask for, apply"),
    "rounds": ("Interview rounds", "Several rounds each: research, ML fundamentals, coding"),
    "scheme": ("Enrichment scheme closes", "Usually in February; it can run beside an internship search"),
    "decide": ("Decide", "Ask about publication and about use in the thesis first"),
    "agreement": ("University agreement", "A convention between university and company; ask the office early"),
    "leave": ("Leave and funder approval", "An interruption of studies; some funders want to agree before you apply"),
    "visa": ("Visa, if you need one", "Often 8 to 12 weeks; ask who applies, you or the company"),
    "housing": ("A place to live", "Ask the team where interns live"),
    "start": ("Start", "Usually 3 to 6 months, full time; some are part time"),
    "end": ("End", "What came of it: a paper, code, a thesis chapter"),
}
FIXED = frozenset({"start", "end"})
"""Steps that are set in the plan itself and cannot be moved or taken out."""

# In weeks before the start; how a squeezed plan shares out its days.
_BEFORE_START = {"decide": (13, 8), "agreement": (12, 5), "leave": (12, 5), "visa": (12, 4), "housing": (8, 2)}
_SHARE = {
    "summary": (0.0, 0.15),
    "referrals": (0.05, 0.3),
    "apply": (0.1, 0.55),
    "rounds": (0.35, 0.8),
    "decide": (0.65, 0.9),
}


def derive(frame: Frame) -> list[Step]:
    """Return all steps that follow from the frame, in the order of their first days; none before the PhD began."""
    spans = _around_window(frame) | _before_start(frame)
    if frame.is_squeezed:
        spans |= _squeezed(frame)
    floor = min(frame.phd_started_on, frame.starts_on) if frame.phd_started_on else dt.date.min
    steps = [_step(key, max(begins, floor), max(ends, floor)) for key, (begins, ends) in spans.items()]
    steps = [replace(step, is_exact=frame.is_squeezed) for step in steps]
    return in_order([*steps, _scheme(frame), *_start_and_end(frame)])


def merge(steps: Iterable[Step], overrides: Iterable[Override]) -> tuple[list[Step], list[Step]]:
    """Return the steps as the student wants them, and those they took out."""
    changed = {override.key: override for override in overrides}
    own = [_own(override) for override in changed.values() if override.is_own]
    merged = [_changed(step, changed[step.key]) if step.key in changed else step for step in steps] + own
    removed = {key for key, override in changed.items() if override.is_removed and key not in FIXED}
    shown = [step for step in merged if step.key not in removed]
    return in_order(shown), in_order(step for step in merged if step.key in removed)


def in_order(steps: Iterable[Step]) -> list[Step]:
    """Sort by first day; on the same day as the steps stand above, own ones last but for start and end."""
    rank = {key: place for place, key in enumerate(WORDS)}
    return sorted(steps, key=lambda step: (step.begins_on, rank.get(step.key, rank["housing"] + 0.5), step.key))


def honest_words(frame: Frame, on: dt.date) -> str:
    """Say what is odd about this start, and what to do about it; nothing when the plan fits."""
    if frame.starts_on < on:
        return "This start is past. Set another one, and the plan follows it."
    if frame.phd_started_on and frame.starts_on < frame.phd_started_on:
        return "This start is before your PhD begins."
    if not frame.is_squeezed:
        return ""
    left = (frame.starts_on - on).days // 7
    time = f"{left} week{'s' * (left != 1)}" if left else "Less than a week"
    return (
        f"{time} to the start, so the steps overlap. Some teams can start soon; ask about the visa and your "
        "university's agreement first, for each can take longer than this."
    )


def _around_window(frame: Frame) -> dict[str, tuple[dt.date, dt.date]]:
    opens, closes = frame.opens_on, frame.closes_on
    return {
        "summary": (opens - 30 * _DAY, opens - _DAY),
        "referrals": (opens, min(opens + 30 * _DAY, closes)),
        "apply": (opens, closes),
        "rounds": (max(opens, closes - 27 * _DAY), closes + 8 * _WEEK),
    }


def _before_start(frame: Frame) -> dict[str, tuple[dt.date, dt.date]]:
    return {
        key: (frame.starts_on - begins * _WEEK, frame.starts_on - ends * _WEEK)
        for key, (begins, ends) in _BEFORE_START.items()
    }


def _squeezed(frame: Frame) -> dict[str, tuple[dt.date, dt.date]]:
    """Share the days out; paperwork keeps its distance to the start, as far as there is room for it."""
    first, days = frame.first_day, (frame.starts_on - frame.first_day).days
    shared = {key: (first + int(a * days) * _DAY, first + int(b * days) * _DAY) for key, (a, b) in _SHARE.items()}
    paper = {key: span for key, span in _before_start(frame).items() if key not in shared}
    return shared | {key: (max(first, begins), max(first, ends)) for key, (begins, ends) in paper.items()}


def _scheme(frame: Frame) -> Step:
    known = frame.scheme
    if known and known.is_exact:
        return replace(_step("scheme", known.closes_on, known.closes_on), note=known.note, is_exact=True)
    year = frame.opens_on.year + (frame.opens_on.month > _FEBRUARY)
    first = known.closes_on.replace(day=1) if known else dt.date(year, _FEBRUARY, 1)
    step = _step("scheme", first, _last_of_month(first))
    return replace(step, note=known.note) if known else step


def _start_and_end(frame: Frame) -> list[Step]:
    start = replace(_step("start", frame.starts_on, frame.starts_on), is_exact=True)
    if not frame.weeks:
        return [start]
    last = frame.starts_on + frame.weeks * _WEEK - _DAY
    return [replace(start, note=length_words(frame.weeks)), replace(_step("end", last, last), is_exact=True)]


def length_words(weeks: int) -> str:
    """Return "16 weeks, about 4 months".

    >>> length_words(16), length_words(3)
    ('16 weeks, about 4 months', '3 weeks')
    """
    months = round(weeks * 12 / 52)
    plain = f"{weeks} week{'s' * (weeks != 1)}"
    return f"{plain}, about {months} months" if months > 1 else plain


def _step(key: str, begins_on: dt.date, ends_on: dt.date) -> Step:
    title, note = WORDS[key]
    return Step(key, title, note, begins_on, ends_on)


def _own(override: Override) -> Step:
    begins = override.begins_on or dt.date.max
    step = Step(
        override.key, override.title, "Your own step", begins, override.ends_on or begins, is_exact=True, is_own=True
    )
    return replace(step, done_on=override.done_on)


def _changed(step: Step, override: Override) -> Step:
    step = replace(step, done_on=override.done_on)
    if override.begins_on is None or step.key in FIXED:
        return step
    return replace(step, begins_on=override.begins_on, ends_on=override.ends_on or override.begins_on, is_exact=True)


def _last_of_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1) - _DAY
