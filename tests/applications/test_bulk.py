"""One change of many applications: all or none, one Undo, what does not fit is left and said."""

import datetime as dt
import time

import pytest
from django.db import connection

from applications.actions import stages
from applications.history import Step
from applications.models import Application, Event, InterviewRound, Undo
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, RoundFactory

BULK = "/applications/bulk/"


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def some(student, number=3, **facts):
    company = CompanyFactory()
    return [ApplicationFactory(student=student, company=company, **facts) for _ in range(number)]


def send(client, rows, do, **more):
    return client.post(BULK, {"ids": [row.public_id for row in rows], "do": do, **more})


def told(client):
    """Return the sentence of the toast, and the address of its Undo."""
    text = client.get("/applications/?view=all").text.split('<div class="toast">')[1]
    undo = text.split('action="/undo/')[1].split('"')[0] if 'action="/undo/' in text else ""
    return text.split("<p>")[1].split("</p>")[0], f"/undo/{undo}" if undo else ""


def facts(student):
    names = ("pk", "stage", "stage_since", "applied_on", "outcome", "next_step", "next_step_on", "tags", "role")
    events = Event.objects.filter(application__student=student).order_by("pk")
    return (
        list(Application.objects.visible_to(student).order_by("pk").values_list(*names)),
        list(events.values_list("pk", "kind", "stage", "on", "text")),
        list(InterviewRound.objects.visible_to(student).order_by("pk").values_list("pk", "kind", "on")),
    )


ACTS = [
    ("move-applied", {}, "Moved 3."),
    ("next", {"next_step": "Ask Priya", "next_step_on": "2026-11-20"}, "Set the next step of 3."),
    ("tag", {"tag": "NLP, summer"}, "Tagged 3."),
    ("delete", {}, "Deleted 3."),
]


@pytest.mark.parametrize(("do", "more", "words"), ACTS)
def test_an_act_is_done_with_all_that_are_ticked_and_undone_as_one(ada_, ada, do, more, words):
    rows, other = some(ada, stage="preparing"), some(ada, 1)[0]
    before = facts(ada)
    response = send(ada_, rows, do, query="kind=internship", **more)
    assert (response.status_code, response.url) == (302, "/applications/?kind=internship")
    assert facts(ada) != before
    sentence, undo = told(ada_)
    assert (sentence, Undo.objects.count()) == (words, 1)
    ada_.post(undo)
    assert facts(ada) == before
    assert Application.objects.filter(pk=other.pk, stage="interested").exists()


def test_a_move_dates_and_records_each_as_if_it_were_moved_alone(ada_, ada):
    late = dt.date(2026, 11, 15)
    rows = [
        *some(ada, 1, stage="preparing"),
        *some(ada, 1, stage="interviewing", applied_on=dt.date(2026, 10, 1)),
        *some(ada, 1, stage="closed", outcome="no_reply"),
        *some(ada, 1, stage="preparing", stage_since=late),
    ]
    twins = [
        *some(ada, 1, stage="preparing"),
        *some(ada, 1, stage="interviewing", applied_on=dt.date(2026, 10, 1)),
        *some(ada, 1, stage="closed", outcome="no_reply"),
        *some(ada, 1, stage="preparing", stage_since=late),
    ]
    send(ada_, rows, "move-applied")
    for twin in twins:
        stages.move(application=twin, to="applied", by=ada, at=NOW, on=TODAY)

    def seen(row):
        row.refresh_from_db()
        events = row.events.order_by("pk").values_list("kind", "stage", "came_from", "outcome", "on", "by")
        return row.stage, row.stage_since, row.outcome, row.applied_on, row.updated_at, list(events)

    assert [seen(row) for row in rows] == [seen(twin) for twin in twins]


def test_what_is_on_hold_is_not_sent_and_the_answer_leads_to_it(ada_, ada):
    rows = [*some(ada, 2, stage="preparing"), *some(ada, 1, stage="preparing", on_hold=True)]
    send(ada_, rows, "move-applied")
    text = ada_.get("/applications/").text
    assert "Moved 2. 1 is on hold for a referral." in text
    assert '<a href="/applications/?hold=1">Review</a>' in text
    assert Application.objects.filter(stage="applied").count() == 2


def test_what_is_there_already_is_said(ada_, ada):
    send(ada_, [*some(ada, 1, stage="applied"), *some(ada, 1)], "move-applied")
    assert told(ada_)[0] == "Moved 1. 1 was there already."


def test_only_what_waits_for_a_reply_closes_as_no_reply(ada_, ada):
    waiting = some(ada, 2, stage="applied") + some(ada, 1, stage="interviewing")
    others = [
        *some(ada, 1),
        *some(ada, 1, stage="offer", outcome="accepted"),
        *some(ada, 1, stage="closed", outcome="withdrew"),
    ]
    send(ada_, [*waiting, *others], "close")
    assert told(ada_)[0] == "Closed 3 as no reply. 3 were not waiting for a reply."
    assert Application.objects.filter(stage="closed", outcome="no_reply").count() == 3


def test_deleting_asks_first_when_there_are_rounds(ada_, ada):
    rows = some(ada, 2, stage="interviewing", applied_on=TODAY)
    RoundFactory(application=rows[0])
    before = facts(ada)
    response = send(ada_, rows, "delete")
    assert (response.status_code, "Delete 2 applications?" in response.text) == (200, True)
    assert "1 of them has interview rounds" in response.text
    assert facts(ada) == before
    send(ada_, rows, "delete", sure="1")
    assert not Application.objects.exists()
    ada_.post(told(ada_)[1])
    assert facts(ada) == before


def test_a_tag_that_is_there_in_other_capitals_is_not_added_again(ada_, ada, settings):
    settings.WAYMARK_TAGS_MOST = 2
    one, two = *some(ada, 1, tags=["nlp"]), *some(ada, 1, tags=["a", "b"])
    send(ada_, [one, two], "tag", tag="NLP, uk")
    assert told(ada_)[0] == "Tagged 1. 1 has 2 tags already."
    one.refresh_from_db()
    assert (one.tags, one.version) == (["nlp", "uk"], 2)


def test_all_that_the_address_asks_for_can_be_meant(ada_, ada, mallory):
    mine, others = some(ada, 60, kind="scheme"), some(mallory, 2, kind="scheme")
    rest = some(ada, 2)
    ada_.post(BULK, {"all": "1", "query": "kind=scheme", "do": "move-preparing"})
    moved = Application.objects.filter(stage="preparing").values_list("pk", flat=True)
    assert set(moved) == {row.pk for row in mine}
    assert Application.objects.filter(stage="interested").count() == len(others) + len(rest)


def test_another_students_applications_are_never_changed(ada_, ada, mallory):
    mine, theirs = some(ada, 1), some(mallory, 2)
    before = facts(mallory)
    for do, more, _ in [*ACTS, ("close", {}, ""), ("csv", {}, "")]:
        assert send(ada_, theirs, do, sure="1", **more).status_code == 404
    response = send(ada_, [*mine, *theirs], "move-offer")
    assert (response.status_code, told(ada_)[0]) == (302, "Moved 1.")
    assert send(ada_, [*mine, *theirs], "delete", sure="1").status_code == 302
    assert (facts(mallory), Application.objects.visible_to(ada).count()) == (before, 0)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Tick at least one application."),
        ({"do": "move-applied"}, "Tick at least one application."),
        ({"ids": "ONE"}, "Choose what to do with them."),
        ({"ids": "ONE", "do": "move-closed"}, "Choose what to do with them."),
        ({"ids": "ONE", "do": "\0"}, "Choose what to do with them."),
        ({"ids": "ONE", "do": "next"}, "Enter the next step, in at most 200 characters."),
        ({"ids": "ONE", "do": "next", "next_step": "x" * 201}, "Enter the next step, in at most 200 characters."),
        ({"ids": "ONE", "do": "next", "next_step": "a\0"}, "Enter the next step, in at most 200 characters."),
        (
            {"ids": "ONE", "do": "next", "next_step": "A", "next_step_on": "2026-02-30"},
            "Enter the day, like 30 11 2026",
        ),
        ({"ids": "ONE", "do": "next", "next_step": "A", "next_step_on": "9999-12-31"}, "Enter a day between 1990 and"),
        ({"ids": "ONE", "do": "tag", "tag": " , "}, "Enter a tag of at most 40 characters."),
        ({"ids": "ONE", "do": "tag", "tag": "x" * 41}, "Enter a tag of at most 40 characters."),
        ({"ids": "ONE", "do": "tag", "tag": "a\0"}, "Enter a tag of at most 40 characters."),
    ],
)
def test_what_cannot_be_done_is_answered_with_a_sentence_and_nothing_typed_is_lost(ada_, ada, sent, words):
    (row,) = some(ada, 1)
    before = facts(ada)
    response = ada_.post(BULK, {name: row.public_id if value == "ONE" else value for name, value in sent.items()})
    assert (response.status_code, words in response.text) == (422, True)
    assert facts(ada) == before
    assert (f'name="ids" value="{row.public_id}"' in response.text) == ("ids" in sent)


@pytest.mark.parametrize("ids", [["\0"], ["x" * 10_000], ["'; --"], ["\ud800".encode("utf-8", "surrogatepass")]])
def test_odd_ids_mean_nothing(ada_, ada, ids):
    assert ada_.post(BULK, {"ids": ids, "do": "delete", "query": "%ff&&=&q=%00"}).status_code in {404, 422}


def test_enter_in_a_field_means_the_act_of_the_field(ada_, ada):
    rows = some(ada, 2)
    send(ada_, rows, "", next_step="Ask Priya")
    assert told(ada_)[0] == "Set the next step of 2."
    send(ada_, rows, "", tag="nlp")
    assert told(ada_)[0] == "Tagged 2."


def test_there_is_a_limit_which_is_said(ada_, ada, settings):
    settings.WAYMARK_BULK_MOST = 3
    rows = some(ada, 4)
    for response in (send(ada_, rows, "delete"), ada_.post(BULK, {"all": "1", "do": "delete"})):
        assert (response.status_code, "Choose at most 3 applications at once." in response.text) == (422, True)
    assert Application.objects.count() == 4


def test_ticked_ones_are_exported(ada_, ada):
    one, two, _three = some(ada)
    text = send(ada_, [one, two], "csv").content.decode()
    assert [line.split(",")[1] for line in text.splitlines()] == ["Role", two.role, one.role]
    assert send(ada_, [one], "xlsx").content.startswith(b"PK")


@pytest.mark.parametrize("number", [1, 30])
@pytest.mark.parametrize(("do", "more", "queries"), [("move-applied", {}, 20), ("next", {"next_step": "A"}, 20)])
def test_the_number_of_statements_does_not_grow(ada_, ada, django_assert_max_num_queries, number, do, more, queries):
    rows = some(ada, number)
    with django_assert_max_num_queries(queries):
        assert send(ada_, rows, do, **more).status_code == 302


def test_many_change_at_once_only_from_where_they_were_read(ada):
    one, two = some(ada, 2, stage="preparing")
    Application.objects.filter(pk=two.pk).update(stage="offer")
    assert stages.move_many(applications=[one, two], step=Step(TODAY, "applied"), by=ada, at=NOW) == [one]
    two.refresh_from_db()
    assert (two.stage, two.events.count()) == ("offer", 1)


@pytest.mark.parametrize(("do", "more"), [(do, more) for do, more, _ in ACTS])
def test_a_thousand_are_changed_within_two_seconds(ada_, ada, do, more):
    company = CompanyFactory()
    rows = [Application(student=ada, company=company, role=f"R{n}", stage_since=TODAY) for n in range(1_000)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the database believes that there is nothing yet, as after an import
    Application.objects.bulk_create(rows)
    Event.objects.bulk_create([Event(application=one, kind="added", stage="interested", on=TODAY) for one in rows])
    began = time.process_time(), time.perf_counter()
    response = ada_.post(BULK, {"all": "1", "query": "", "do": do, **more})
    assert response.status_code == 302
    assert time.perf_counter() - began[1] < 10, "slow even for a busy machine"
    assert time.process_time() - began[0] < 2
