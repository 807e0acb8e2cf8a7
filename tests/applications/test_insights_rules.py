"""The figures of the insights equal what one would count by hand; silence is no answer; small numbers say little."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.insights.drawing import bars, dots
from applications.insights.figures import ENOUGH, Group, funnel, helps, interval, rounds
from applications.insights.flow import flow
from applications.insights.replies import Wait, median, replies
from applications.insights.traces import STEPS, Trace

TODAY = dt.date(2026, 11, 10)
WAITS = st.lists(st.builds(Wait, st.integers(0, 200), st.booleans()), max_size=40)
DAYS = st.integers(-200, 0).map(lambda days: TODAY + dt.timedelta(days=days))
STAGES = [stage.value for stage in STEPS]
TRACES = st.builds(
    Trace,
    stage=st.sampled_from([*STAGES, "closed"]),
    outcome=st.sampled_from(["", "accepted", "no_reply", "not_this_time"]),
    stages=st.frozensets(st.sampled_from([*STAGES, "closed"]), max_size=4),
    stage_since=DAYS,
    applied_on=st.none() | DAYS,
    replied_on=st.none() | DAYS,
    rounds=st.integers(0, 4),
    way_in=st.sampled_from(["none", "asked", "referred"]),
    source=st.sampled_from(["", "linkedin", "list"]),
    closeness=st.sampled_from(["", "close", "not"]),
)


def waits(*pairs):
    return [Wait(days, answered) for days, answered in pairs]


@pytest.mark.parametrize(
    ("found", "middle"),
    [
        ([], None),
        (waits((5, True)), 5),
        (waits((5, False)), None),
        (waits((3, True), (9, True)), 3),
        (waits((3, True), (9, True), (20, True)), 9),
        (waits((3, False), (9, True), (20, True)), 9),
        (waits((3, True), (9, False), (20, False), (30, False)), None),
        (waits((1, True), (2, False), (3, True), (4, False), (5, True), (6, True)), 5),
    ],
)
def test_the_middle_answer_counts_those_who_wait(found, middle):
    assert median(found) == middle


@given(WAITS)
def test_with_nobody_waiting_it_is_the_median(found):
    answered = sorted(wait.days for wait in found)
    done = [Wait(days, answered=True) for days in answered]
    expected = next((day for day in answered if 2 * sum(one > day for one in answered) <= len(answered)), None)
    assert median(done) == expected


@given(WAITS, st.integers(0, 200))
def test_who_still_waits_never_makes_answers_look_quicker(found, days):
    before, after = median(found), median([*found, Wait(days, answered=False)])
    assert after is None or (before is not None and after >= before)


@given(st.lists(TRACES, max_size=40))
def test_the_funnel_is_what_one_counts_by_hand(traces):
    steps = funnel(traces)
    for rank, step in enumerate(steps[:-1]):
        assert step.count == len([one for one in traces if one.furthest >= rank])
        assert step.ended == len([one for one in traces if one.furthest == rank and one.stage == "closed"])
        assert (step.share is None) == (rank == 0 or steps[rank - 1].count < ENOUGH)
    assert [step.count for step in steps[:-1]] == sorted((step.count for step in steps[:-1]), reverse=True)
    assert steps[-1].count == len([one for one in traces if one.outcome == "accepted"])
    assert sum(step.ended for step in steps) == len([one for one in traces if one.stage == "closed"])


@given(st.lists(TRACES, max_size=40))
def test_rounds_groups_and_pictures_add_up(traces):
    held = rounds(traces)
    assert [step.count for step in held] == [
        len([one for one in traces if one.rounds > number]) for number in range(len(held))
    ]
    sent = [one for one in traces if one.furthest >= 2]
    by_way, by_source, by_work = helps(traces)
    assert sum(group.sent for group in by_way.groups) == len(sent)
    assert sum(group.sent for group in by_source.groups) == len([one for one in sent if one.source])
    assert sum(group.sent for group in by_work.groups) == len([one for one in sent if one.closeness])
    assert all(group.interviewed <= group.sent for group in by_way.groups)
    found = replies(traces, on=TODAY)
    assert len(found.waits) == len([one for one in traces if one.applied_on])
    assert found.sentence
    drawn = dots(found)
    assert all(0 <= float(dot.x) <= 400 and float(dot.y) >= 0 for dot in drawn.dots)
    assert len(drawn.ticks) <= 10
    for bar in (*bars(funnel(traces)), *bars(held)):
        assert -0.05 <= float(bar.width) + float(bar.ended_width) <= 100.1 or bar.label == "Accepted"


@given(st.integers(0, 50), st.integers(0, 50))
def test_the_range_holds_the_share(count, more):
    low, high = interval(count, count + more)
    assert 0 <= low <= high <= 1
    if count + more:
        assert low <= count / (count + more) <= high


def group(referred, came, *, others, others_came):
    one = [Trace("interviewing" if n < came else "applied", way_in="referred") for n in range(referred)]
    return one + [Trace("interviewing" if n < others_came else "applied") for n in range(others)]


@pytest.mark.parametrize(
    ("traces", "sentence"),
    [
        ([], "Nothing is noted about it yet."),
        (group(3, 1, others=0, others_came=0), "All of them are of one kind: Referred."),
        (group(3, 2, others=9, others_came=2), "Too few to tell them apart."),
        (
            group(12, 11, others=30, others_came=4),
            "Referred: more of them came to an interview than of those with “Not referred”.",
        ),
    ],
)
def test_a_difference_is_said_only_where_there_is_no_doubt(traces, sentence):
    assert helps(traces)[0].sentence == sentence


def test_a_share_is_said_from_ten_on_and_to_the_nearest_ten():
    assert [Group("A", 9, 3).share, Group("A", 10, 3).share, Group("A", 14, 5).share] == [None, 30, 40]


# Routes


SENT = st.builds(
    Trace,
    stage=st.sampled_from(["applied", "interviewing", "offer", "closed"]),
    applied_on=st.just(dt.date(2026, 10, 1)),
    rounds=st.integers(0, 4),
    way_in=st.sampled_from(["none", "asked", "referred"]),
    source=st.sampled_from(["", "list", "linkedin", "conference", "company_site", "supervisor", "other", "referral"]),
)


@given(st.lists(SENT, max_size=40))
def test_what_flows_in_flows_on_ends_or_stays(traces):
    """Each node sends on, as links or ends, at most what came in; all that was sent begins in one way in."""
    drawn = flow(traces)
    into, out = Counter(), Counter()
    for link in drawn.links:
        into[link.target] += link.count
        out[link.source] += link.count
    ways = [name for name in out if name not in into]
    assert sum(out[name] for name in ways) == len(traces)
    assert all(out[name] <= into[name] for name in out if name not in ways)
    assert into["Applied"] == len(traces)
    assert into["Offer"] == sum(trace.stage == "offer" for trace in traces)
    assert into["Ended"] == sum(trace.stage == "closed" for trace in traces)


@given(st.lists(SENT, max_size=60))
def test_the_picture_has_twelve_nodes_at_most_and_lies_within_its_frame(traces):
    drawn = flow(traces)
    assert bool(drawn.boxes) == (len(traces) >= 15)
    assert len(drawn.boxes) <= 12
    for box in drawn.boxes:
        assert float(box.x) >= 0
        assert float(box.x) + 10 <= float(drawn.width) + 0.1
        assert float(box.y) + float(box.height) <= float(drawn.height)
