"""The pure rules of the window: the plan worked back, pace, what a missed week leaves, the calendar, summers."""

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from applications.season import weeks
from applications.season.heat import Happened, heatmap
from applications.season.pace import left_words, pace, shortfall, suggested, week_target
from applications.season.planning import FIXED, ROOM, WORDS, Frame, Override, Scheme, derive, honest_words, merge
from applications.season.spans import span_words
from applications.season.summers import summer_words, summers
from tests.factories import TODAY

OPENS, CLOSES, START = dt.date(2026, 10, 1), dt.date(2027, 1, 31), dt.date(2027, 6, 14)
DAY = dt.timedelta(days=1)

days = st.dates(dt.date(1991, 1, 1), dt.date(2099, 12, 31))
maybe = st.none() | days


@st.composite
def frames(draw):
    """Any window of at most a year with any start, also one long past."""
    opens = draw(days)
    return Frame(
        opens_on=opens,
        closes_on=opens + draw(st.integers(1, 366)) * DAY,
        starts_on=draw(st.integers(-800, 800).map(lambda n: opens + n * DAY) | days),
        weeks=draw(st.none() | st.integers(1, 52)),
        planned_on=draw(maybe),
        phd_started_on=draw(maybe),
        scheme=draw(st.none() | st.builds(Scheme, days, st.booleans(), st.just("x"))),
    )


def by_key(frame):
    return {step.key: step for step in derive(frame)}


# The plan.


@given(frames())
def test_every_start_gives_every_step_once_in_order_with_its_days_in_order(frame):
    steps = derive(frame)
    assert [step.key for step in steps if step.key != "end"] != []
    assert {step.key for step in steps} == set(WORDS) - (set() if frame.weeks else {"end"})
    assert len({step.key for step in steps}) == len(steps)
    assert all(step.begins_on <= step.ends_on for step in steps)
    assert all(a.begins_on <= b.begins_on for a, b in itertools.pairwise(steps))


@given(frames())
def test_no_step_of_the_student_lies_before_the_phd_or_a_start_before_it(frame):
    assume(frame.phd_started_on)
    floor = min(frame.phd_started_on, frame.starts_on)
    assert all(step.begins_on >= floor for step in derive(frame) if step.key != "scheme")


@given(frames())
def test_one_works_in_the_order_of_the_search_and_arrives_before_the_start(frame):
    step = by_key(frame)
    begins = [step[key].begins_on for key in ("summary", "referrals", "apply", "rounds")]
    assert begins == sorted(begins)
    assert all(step[key].begins_on <= step["start"].begins_on for key in WORDS if key not in {"scheme", "end"})


@given(frames(), st.integers(0, 400), st.integers(1, 300))
def test_steps_keep_their_distance_when_the_start_moves(frame, room, later):
    start = frame.closes_on + ROOM + room * DAY
    frame = replace(frame, starts_on=start, planned_on=None, phd_started_on=None)
    moved = replace(frame, starts_on=start + later * DAY)
    before, after = by_key(frame), by_key(moved)
    for key in ("decide", "agreement", "leave", "visa", "housing", "start"):
        assert after[key].begins_on - before[key].begins_on == later * DAY
    for key in ("summary", "referrals", "apply", "rounds", "scheme"):
        assert after[key] == before[key]


@given(frames())
def test_a_squeezed_plan_begins_no_earlier_than_it_was_planned(frame):
    frame = replace(frame, phd_started_on=None)
    assume(frame.is_squeezed)
    first = min(step.begins_on for step in derive(frame) if step.key != "scheme")
    assert first == frame.first_day
    assert frame.starts_on - first >= dt.timedelta(weeks=1)


def test_the_plan_of_a_usual_summer_is_not_squeezed():
    frame = Frame(OPENS, CLOSES, START)
    assert (frame.is_squeezed, honest_words(frame, TODAY)) == (False, "")
    assert by_key(frame)["apply"].begins_on == OPENS
    assert Frame(OPENS, CLOSES, CLOSES + ROOM - DAY).is_squeezed


@pytest.mark.parametrize(
    ("start", "phd", "words"),
    [
        (dt.date(2026, 11, 9), None, "This start is past."),
        (dt.date(2026, 11, 13), None, "Less than a week to the start"),
        (dt.date(2026, 11, 18), None, "1 week to the start"),
        (dt.date(2026, 12, 22), None, "6 weeks to the start"),
        (START, dt.date(2027, 10, 1), "This start is before your PhD begins."),
    ],
)
def test_odd_starts_are_told(start, phd, words):
    assert honest_words(Frame(OPENS, CLOSES, start, phd_started_on=phd), TODAY).startswith(words)


def test_a_scheme_has_its_day_when_one_is_known_and_else_its_month():
    known = Scheme(dt.date(2027, 2, 12), is_exact=True, note="n")
    spans = [
        (step.begins_on, step.ends_on, step.is_exact)
        for step in (by_key(Frame(OPENS, CLOSES, START, scheme=scheme))["scheme"] for scheme in (
            None, known, Scheme(dt.date(2027, 3, 5), is_exact=False, note="n"),
        ))
    ]  # fmt: skip
    assert spans == [
        (dt.date(2027, 2, 1), dt.date(2027, 2, 28), False),
        (dt.date(2027, 2, 12), dt.date(2027, 2, 12), True),
        (dt.date(2027, 3, 1), dt.date(2027, 3, 31), False),
    ]


@given(
    frames(),
    st.dictionaries(st.sampled_from(sorted(WORDS)), st.tuples(maybe, st.integers(0, 99), st.booleans(), maybe)),
    st.lists(days, max_size=4),
)
def test_what_the_student_changed_holds_and_the_rest_is_as_before(frame, changes, own):
    overrides = [
        Override(key, begins_on=begins, ends_on=begins and begins + n * DAY, is_removed=out, done_on=done)
        for key, (begins, n, out, done) in changes.items()
    ] + [Override(f"own-{n}", f"Week {n}", begins, is_own=True) for n, begins in enumerate(own)]
    derived = by_key(frame)
    shown, removed = merge(derived.values(), overrides)
    assert {step.key for step in shown + removed} == set(derived) | {f"own-{n}" for n in range(len(own))}
    assert {step.key for step in removed} == {
        key for key, change in changes.items() if change[2] and key in derived and key not in FIXED
    }
    assert all(a.begins_on <= b.begins_on for a, b in itertools.pairwise(shown))
    for step in shown + removed:
        begins, n, _out, done = changes.get(step.key, (None, 0, False, None))
        if step.key in derived:
            moved = begins is not None and step.key not in FIXED
            assert step.begins_on == (begins if moved else derived[step.key].begins_on)
            assert step.ends_on == (begins + n * DAY if moved else derived[step.key].ends_on)
            assert step.done_on == done


# Pace and missed weeks.


@given(st.integers(1, 200), st.integers(1, 20), st.integers(0, 250), st.integers(-100, 400))
def test_pace_is_plain_division(goal, target, sent, away):
    on = OPENS + away * DAY
    told = pace(goal, target, sent, opens_on=OPENS, closes_on=CLOSES, on=on)
    if sent >= goal:
        assert told.value == "Reached"
        return
    day = max(on, OPENS) + DAY * -(-(goal - sent) * 7 // target)
    assert told.value.startswith(f"{day.day} {day:%B}")
    assert ("would fit the window" in told.words) == (max(on, OPENS) <= CLOSES < day)


@given(st.integers(1, 200), st.integers(0, 122))
def test_what_is_suggested_reaches_the_goal_within_the_window_and_one_less_does_not(left, away):
    begin = OPENS + away * DAY
    number, length = suggested(left, begin, CLOSES), (CLOSES - begin).days + 1
    assert number * length >= left * 7
    assert number == 1 or (number - 1) * length < left * 7


def test_pace_without_goal_or_target_says_what_is_missing():
    frame = {"opens_on": OPENS, "closes_on": CLOSES, "on": TODAY}
    assert pace(None, 3, 9, **frame).value == "No goal yet"
    assert (pace(24, None, 9, **frame).value, pace(24, None, 9, **frame).words) == (
        "2 a week", "What reaches 24 by 31 January",
    )  # fmt: skip
    assert pace(24, None, 9, **{**frame, "on": CLOSES + DAY}).value == "15 to go"


@given(
    st.none() | st.integers(1, 20), st.integers(0, 30), st.none() | st.integers(-5, 50), st.integers(-30, 200),
    st.integers(0, 9), st.none() | st.integers(-40, 200),
)  # fmt: skip
def test_a_missed_week_is_a_whole_one_of_the_window_never_more_than_is_left_and_asked_once(
    target, sent, left, away, carried, asked
):
    on = OPENS + away * DAY
    last = weeks.monday(on) - 7 * DAY
    asked_about = None if asked is None else weeks.monday(OPENS + asked * DAY)
    facts = {"left": left, "opens_on": OPENS, "closes_on": CLOSES, "on": on}
    missing = shortfall(target, sent, asked_about=asked_about, carried=carried, **facts)
    aim = week_target(target, carried, asked_about, last)
    assert 0 <= missing <= max(0, aim)
    assert left is None or missing <= max(0, left)
    if missing:
        assert last >= OPENS
        assert on <= CLOSES
        assert sent + missing <= aim
    assert shortfall(target, sent, asked_about=last, carried=missing, **facts) == 0


def test_a_missed_week_is_asked_about_in_words():
    assert left_words(1) == "One was left from last week. Carry it over, or leave it?"
    assert left_words(2) == "Two were left from last week. Carry them over, or leave them?"
    assert left_words(12).startswith("12 were left")


# Words, calendar, summers.


@pytest.mark.parametrize(
    ("begins", "ends", "exact", "words"),
    [
        ((2026, 9, 1), (2026, 9, 30), False, "Sep"),
        ((2027, 1, 4), (2027, 3, 28), False, "Jan-Mar"),
        ((2026, 12, 7), (2026, 12, 12), False, "7-12 Dec"),
        ((2026, 11, 24), (2026, 12, 13), True, "24 Nov-13 Dec"),
        ((2027, 6, 14), (2027, 6, 14), True, "14 Jun"),
        ((2027, 10, 3), (2027, 10, 3), True, "3 Oct 2027"),
        ((2027, 2, 1), (2027, 2, 28), False, "Feb"),
    ],
)
def test_spans_read_short(begins, ends, exact, words):
    said = span_words(dt.date(*begins), dt.date(*ends), TODAY, is_exact=exact)
    assert said == words.replace("-", "\N{EN DASH}")


counts = st.dictionaries(st.integers(-20, 400), st.integers(1, 500)).map(
    lambda found: {OPENS + n * DAY: number for n, number in found.items()}
)


@settings(max_examples=30)
@given(st.integers(1, 366), counts, counts, counts, st.integers(-30, 400))
def test_the_calendar_and_its_table_hold_the_same_numbers(length, sent, interviews, closing, away):
    closes, on = OPENS + length * DAY, OPENS + away * DAY
    heat = heatmap(OPENS, closes, Happened(sent, interviews, closing), on=on, near=on + 7 * DAY, base="/d/")
    total = (heat.total.sent, heat.total.interviews, heat.total.closing)
    assert total == tuple(
        sum(number for day, number in found.items() if OPENS <= day <= closes) for found in (sent, interviews, closing)
    )
    assert total == tuple(
        map(sum, zip((0, 0, 0), *((r.sent, r.interviews, r.closing) for r in heat.rows), strict=True))
    )
    assert sum(map(int, re.findall(r'<text class="hn[^>]*>(\d+)<', heat.svg))) == heat.total.sent
    assert heat.svg.count("<a ") == heat.svg.count("<title>") == length + 1
    assert heat.svg.count('tabindex="0"') == 1
    assert heat.svg.count('class="td"') == (OPENS <= on <= closes)
    assert heat.svg.count('class="iv"') == sum(1 for row in heat.rows if row.interviews)
    assert "style" not in heat.svg
    assert len(set(re.findall(r'<rect class="(?:h0|h2|h4|hf)" (x="\d+" y="\d+")', heat.svg))) == length + 1


@pytest.mark.parametrize(
    ("began", "year", "words"),
    [
        ((2024, 10, 1), 2025, "end of your first year"),
        ((2024, 10, 1), 2027, "end of your third year"),
        ((2024, 10, 1), 2024, ""),
        ((2025, 1, 15), 2026, "middle of your second year"),
        ((2025, 4, 1), 2025, "start of your first year"),
        ((2024, 10, 1), 2050, ""),
    ],
)
def test_a_summer_lies_in_a_year_of_the_phd(began, year, words):
    assert summer_words(dt.date(*began), year) == words


@given(days, st.integers(1991, 2099))
def test_summers_are_those_of_the_phd_and_two_of_them_suit_most_people(began, chosen):
    found = summers(began, chosen)
    assert [summer.year for summer in found] == sorted({summer.year for summer in found})
    assert sum(summer.suits for summer in found) == 2
    assert [summer.suits for summer in found][:4] == [False, True, True, False]
