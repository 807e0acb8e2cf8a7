"""The pure rules: days, guesses, the history that a row tells, and what looks like what."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.history import standing
from applications.queries.export import HEAD
from applications.stage import ENTRY_CHOICES, read_entry
from imports.planning.days import clue, read_day, told_by
from imports.planning.fields import FIELDS, doubled, missing
from imports.planning.guessing import guess_entry, guess_fields
from imports.planning.history import events_of, standing_of, steps_of
from imports.planning.row import Ways, columns_of, read_row
from imports.planning.twins import Twin, Twins
from tests.factories import TODAY

NOVEMBER_3 = dt.date(2026, 11, 3)
NO_STAGE = "write a stage as Waymark calls it, like Applied, or match the stages again."
NO_LINK = "write a full web address, like https://example.org/jobs/1."
HIDDEN = "write it in letters and digits; there are hidden characters in it."
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03", "2026-11-03 10:15:00", "2026-11-03T10:15:00Z", "2026/11/3", "3.11.2026", "3. 11. 2026",
        "03/11/2026",
        "3-11-26", "3 Nov 2026", "3 November 2026", "3rd Nov 2026", "Tue 3 Nov 2026", "Nov 3, 2026",
        "November 3rd, 2026", "Tuesday, 3 November 2026", " 2026-11-03 ", "03/11/2026 09:30", "3-Nov-2026",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text):
    assert read_day(text, day_first=True) == NOVEMBER_3


def test_the_order_of_numbers_is_what_was_chosen_but_for_dots():
    assert read_day("11/03/2026", day_first=False) == NOVEMBER_3
    assert read_day("3.11.2026", day_first=False) == NOVEMBER_3


@pytest.mark.parametrize("text", ["", "soon", "31/02/2026", "1/1/1900", "12", "2026-13-01", "3 Foo 2026", "0/0/2026"])
def test_what_is_no_day_is_none(text):
    assert read_day(text, day_first=True) is None


@given(DAYS, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y"]))
def test_every_day_comes_back(day, form):
    assert read_day(day.strftime(form), day_first=True) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text):
    assert read_day(text, day_first=True) is None or clue(text) in {"", "day", "month", "unclear"}


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["13/11/2026", "03/11/2026"], True),
        (["11/13/2026", "03/11/2026"], False),
        (["03/11/2026"], None),
        (["13/11/2026", "11/13/2026"], None),
        (["03.11.2026", "2026-11-03", "5/5/2026"], True),
        ([], True),
    ],
)
def test_the_order_is_told_by_the_days_or_asked(texts, told):
    assert told_by({clue(text) for text in texts} - {""}) is told


def test_every_column_of_our_own_export_is_guessed_right():
    expected = [
        "company", "role", "kind", "stage", "outcome", "since", "next_step", "next_step_on", "closes_on", "applied_on",
        "", "way_in", "referrer", "on_hold", "hold_until", "closeness", "place", "season", "tags", "source",
        "starts_from", "starts_until", "weeks", "hours", "url",
    ]  # fmt: skip
    assert guess_fields("waymark", HEAD, [[] for _ in HEAD], {}) == expected


def test_every_field_is_guessed_by_its_own_label():
    labels = [label for name, label in FIELDS.items() if name != "line"]
    assert guess_fields("table", labels, [[] for _ in labels], {}) == [name for name in FIELDS if name != "line"]


def test_what_was_chosen_before_comes_before_any_guess():
    assert guess_fields("table", ["Firm", "Thing"], [[], []], {"thing": "role", "firm": ""}) == ["", "role"]


def test_a_column_of_links_is_the_link_whatever_it_is_called():
    assert guess_fields("table", ["Company", "Thing"], [["Tidewater"], ["https://t.example/1"]], {}) == [
        "company",
        "url",
    ]


@pytest.mark.parametrize(
    ("word", "entry"),
    [("OA", "interviewing"), ("Rejected", "closed:not_this_time"), ("applied", "applied"), ("Wishlist", "interested"),
     ("Offer, accepted", "offer:accepted"), ("Closed: no reply", "closed:no_reply"), ("Zzz", "")],
)  # fmt: skip
def test_words_for_stages_are_guessed(word, entry):
    assert guess_entry(word, {}) == entry


def test_two_columns_of_one_field_are_named():
    assert doubled(["role", "role", "line", "line", ""], ["A", "B", "C", "D", "E"]) == {"role": ["A", "B"]}
    assert missing(["role"]).startswith("Match a column with Company")


@pytest.mark.parametrize(
    ("entry", "days", "steps"),
    [
        ("interested", {}, [("interested", TODAY)]),
        ("interested", {"added_on": NOVEMBER_3}, [("interested", NOVEMBER_3)]),
        ("applied", {"applied_on": NOVEMBER_3}, [("applied", NOVEMBER_3)]),
        (
            "applied",
            {"added_on": dt.date(2026, 10, 1), "applied_on": NOVEMBER_3},
            [("interested", dt.date(2026, 10, 1)), ("applied", NOVEMBER_3)],
        ),
        (
            "interviewing",
            {"applied_on": NOVEMBER_3, "since": dt.date(2026, 11, 6)},
            [("applied", NOVEMBER_3), ("interviewing", dt.date(2026, 11, 6))],
        ),
        ("closed:no_reply", {"since": NOVEMBER_3}, [("interested", NOVEMBER_3), ("closed", NOVEMBER_3)]),
        ("offer:accepted", {"since": NOVEMBER_3}, [("offer", NOVEMBER_3)]),
    ],
)
def test_days_of_the_past_become_history(entry, days, steps):
    stage, outcome = read_entry(entry)
    told = steps_of(
        stage=stage, outcome=outcome, on=TODAY, **({"since": None, "applied_on": None, "added_on": None} | days)
    )
    assert [(step.stage, step.on) for step in told] == steps


@given(st.sampled_from([entry for entry, _ in ENTRY_CHOICES]), *(st.none() | st.dates(dt.date(2020, 1, 1), TODAY),) * 3)
def test_any_days_give_a_history_in_order_that_ends_where_the_row_says(entry, since, applied_on, added_on):
    stage, outcome = read_entry(entry)
    steps = steps_of(stage=stage, outcome=outcome, since=since, applied_on=applied_on, added_on=added_on, on=TODAY)
    events = events_of(steps)
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert (standing(steps).stage, standing(steps).outcome) == (stage, outcome)
    assert events[0]["kind"] == "added"
    assert [event["came_from"] for event in events] == ["", *(event["stage"] for event in events[:-1])]
    assert standing_of(steps)["stage_since"] == events[-1]["on"]


def row(**cells):
    ways = Ways(
        heads=list(cells), fields=list(cells), on=TODAY, words={"oa": "interviewing"}, seasons={"summer2027": 7}
    )
    return read_row(2, list(cells.values()), ways, columns_of(ways))


def test_a_row_becomes_the_columns_of_an_application():
    found = row(
        company=" Tidewater ", role="=1+1", url="tidewater.example/jobs/1", place="Leith", kind="Research visit",
        closes_on="30/11/2026", way_in="Referral asked", on_hold="Yes", tags="NLP; UK | ML", source="LinkedIn",
        weeks="12", season="Summer 2027", notes="One\r\ntwo", line="5,000",
    )  # fmt: skip
    assert found.problems == []
    assert (found.company, found.link.key) == ("Tidewater", "tidewater.example/jobs/1")
    assert found.facts == {
        "role": "=1+1", "url": "https://tidewater.example/jobs/1", "place": "Leith", "kind": "visit",
        "closes_on": "2026-11-30", "way_in": "asked", "on_hold": True, "referral_on": "2026-11-10",
        "tags": ["NLP", "UK", "ML"], "source": "linkedin", "weeks": 12, "season_id": 7,
        "notes": "One\ntwo\nline: 5,000", "stage": "interested", "stage_since": "2026-11-10",
        "outcome": "", "applied_on": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"role": "Intern", "company": ""}, "company: write the company, or a link to the role."),
        ({"company": "…"}, "company: write a name with at least one letter or digit."),
        ({"company": "T", "role": "x" * 201}, "role: use at most 200 characters; this has 201."),
        ({"company": "T", "applied_on": "soon"}, "applied_on: write the day as 2026-11-03."),
        ({"company": "T", "applied_on": "2026-12-01"}, "applied_on: write today or an earlier day."),
        ({"company": "T", "stage": "Zzz"}, f"stage: {NO_STAGE}"),
        ({"company": "T", "url": "javascript:alert(1)"}, f"url: {NO_LINK}"),
        ({"company": "T", "weeks": "many"}, "weeks: write the number of weeks, from 1 to 260."),
        (
            {"company": "T", "starts_from": "2027-09-01", "starts_until": "2027-06-01"},
            "starts_until: write a day from 2027-09-01 on.",
        ),
        ({"company": "T", "role": "a\u202eb"}, f"role: {HIDDEN}"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_says_what_to_write(cells, problem):
    assert [f"{one.field}: {one.sentence}" for one in row(**cells).problems] == [problem]


@given(st.fixed_dictionaries({name: st.text(max_size=40) for name in FIELDS}))
def test_any_texts_give_an_application_or_problems(cells):
    found = row(**cells)
    assert bool(found.problems) != bool(found.facts)


def test_rows_are_compared_with_applications_and_with_each_other():
    twins = Twins({"a.example/1": 11}, {"5|intern": 12})
    assert twins.of(2, "a.example/1", "1|intern") == Twin(application=11)
    assert twins.of(3, "b.example/2", "5|intern") == Twin(application=12)
    assert twins.of(4, "b.example/2", "6|other") == Twin(row=3)
    assert twins.of(5, "", "1|intern") == Twin(row=2)
    assert twins.of(6, "", "7|new") == Twin()
    assert twins.of(7, "a.example/1", "8|else") == Twin(row=2)
