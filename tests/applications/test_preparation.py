"""The plan of a round: made, ticked, changed, spread, and never anybody else's."""

import datetime as dt

import pytest

from applications.actions.preparation import add_set, make_plan
from applications.actions.rounds import add_round, edit_round
from applications.models import InterviewRound, PrepItem, PrepSet, Undo
from applications.queries.preparation import Readiness, ready_of
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said
from tracker.lib.errors import DomainError

DAY = dt.timedelta(days=1)


@pytest.fixture
def application(ada):
    return ApplicationFactory(student=ada, stage="interviewing", company=CompanyFactory(name="Northlight Labs"))


@pytest.fixture
def interview(application):
    return RoundFactory(application=application)


def kept(slug, *texts, kind="research", **more):
    """A set of half an hour for each text."""
    prep_set = PrepSet.objects.create(slug=slug, name=slug.title(), kind=kind, position=PrepSet.objects.count(), **more)
    for place, text in enumerate(texts):
        prep_set.items.create(text=text, minutes=30, position=place)
    return prep_set


def line(interview, text="Read", **more):
    return PrepItem.objects.create(round=interview, text=text, **more)


def plan(interview):
    return list(PrepItem.objects.filter(round=interview).order_by("position", "pk").values_list("text", flat=True))


def prep(interview, rest=""):
    return f"/rounds/{interview.public_id}/prep/{rest}"


def details(**more):
    empty = dict.fromkeys(("people", "place", "notes", "with_whom"), "")
    when = {"on": TODAY + 2 * DAY, "time": dt.time(15), "minutes": 60, "zone": "Europe/London"}
    return {**empty, **when, "kind": "research", "status": "scheduled", **more}


def test_a_new_round_brings_the_sets_that_fit_its_kind_and_person(application, ada):
    kept("general", "Think aloud", kind="")
    kept("research", "Own paper", "Two papers")
    kept("researcher", "Their work", kind="", with_whom="researcher")
    kept("manager", "Three stories", kind="", with_whom="manager")
    kept("coding", "Graphs", kind="coding")
    kept("extra", "A book", is_suggested=False)
    kept("gone", "Old", is_active=False)
    interview = add_round(application=application, details=details(with_whom="researcher"), by=ada, at=NOW)
    assert plan(interview) == ["Think aloud", "Own paper", "Two papers", "Their work"]
    assert {item.on for item in interview.prep.all()} == {TODAY, TODAY + DAY}


@pytest.mark.parametrize("status", ["done", "passed", "cancelled"])
def test_a_round_that_is_over_needs_no_plan(application, ada, status):
    kept("research", "Own paper")
    interview = add_round(application=application, details=details(status=status), by=ada, at=NOW)
    assert plan(interview) == []


def test_the_other_half_of_a_double_click_brings_no_second_plan(application, ada):
    kept("research", "Own paper")
    rounds = [add_round(application=application, details=details(), by=ada, at=NOW) for _ in range(2)]
    assert (rounds[0], plan(rounds[0])) == (rounds[1], ["Own paper"])


def test_another_kind_swaps_what_was_suggested_and_keeps_ticks_words_and_own_lines(application, ada):
    kept("research", "Own paper", "Two papers", "Talk")
    kept("coding", "Graphs", "Trees", kind="coding")
    interview = add_round(application=application, details=details(), by=ada, at=NOW)
    interview.prep.filter(text="Own paper").update(done_at=NOW)
    interview.prep.filter(text="Talk").update(text="Talk on meshes")
    line(interview, "My own", position=9)
    edit_round(interview=interview, details=details(kind="coding"), version=1, by=ada, at=NOW)
    assert plan(interview) == ["Own paper", "Talk on meshes", "My own", "Graphs", "Trees"]


def test_another_day_spreads_what_is_left_and_leaves_what_is_done(application, ada):
    kept("research", "Own paper", "Two papers")
    interview = add_round(application=application, details=details(), by=ada, at=NOW)
    interview.prep.filter(text="Own paper").update(done_at=NOW)
    edit_round(interview=interview, details=details(on=TODAY + 9 * DAY), version=1, by=ada, at=NOW)
    days = dict(interview.prep.values_list("text", "on"))
    assert days == {"Own paper": TODAY, "Two papers": TODAY + 3 * DAY}


def test_a_set_added_twice_adds_nothing_twice_not_even_what_was_reworded(interview, ada):
    prep_set = kept("research", "Own paper", "Two papers")
    add_set(interview=interview, prep_set=prep_set, by=ada, at=NOW)
    interview.prep.filter(text="Own paper").update(text="Paper on meshes")
    interview.prep.filter(text="Two papers").delete()
    add_set(interview=interview, prep_set=prep_set, by=ada, at=NOW)
    assert plan(interview) == ["Paper on meshes", "Two papers"]


def test_a_round_without_a_date_has_lines_without_days(application, ada):
    kept("research", "Own paper")
    interview = add_round(application=application, details=details(on=None, time=None), by=ada, at=NOW)
    assert [item.on for item in interview.prep.all()] == [None]


def test_a_full_plan_takes_no_set_but_never_keeps_a_round_from_being_saved(application, ada, settings):
    settings.WAYMARK_PREP_LINES = 2
    prep_set = kept("research", "One", "Two", "Three")
    interview = add_round(application=application, details=details(), by=ada, at=NOW)
    assert plan(interview) == ["One", "Two"]
    with pytest.raises(DomainError, match="at most 2 lines"):
        add_set(interview=interview, prep_set=prep_set, by=ada, at=NOW)


def test_a_plan_says_how_far_it_is(application):
    first, second, third = RoundFactory.create_batch(3, application=application)
    for minutes in (30, 25):
        line(first, minutes=minutes)
    line(first, minutes=60, done_at=NOW)
    line(second, minutes=5, done_at=NOW)
    assert [ready_of(one.prep.all()).text for one in (first, second, third)] == [
        "1 of 3 ready, 55 minutes left",
        "1 of 1 ready",
        "",
    ]


@pytest.mark.parametrize(("minutes", "words"), [(1, "1 minute"), (60, "1 hour"), (120, "2 hours"), (200, "3 h 20 min")])
def test_long_preparation_is_told_in_hours(minutes, words):
    assert Readiness(0, 1, minutes).text == f"0 of 1 ready, {words} left"


# Pages


def test_make_a_plan_is_a_button_where_there_is_none(interview, ada, client_of, clock):
    kept("research", "Own paper")
    client, here = client_of(ada), f"/rounds/{interview.public_id}/"
    assert "There is no plan yet" in client.get(here).text
    response = client.post(prep(interview, "set/"), {"next": here})
    assert (response.headers["Location"], plan(interview)) == (here, ["Own paper"])
    text = said(client.get(here))
    assert "1 line added to the plan." in text or "1 line added" in client.get(here).text
    assert "0 of 1 ready, 30 minutes left" in text


def test_a_tick_is_saved_at_once_and_a_second_press_takes_it_back(interview, ada, client_of, clock):
    item, client = line(interview), client_of(ada)
    here = f"/rounds/{interview.public_id}/"
    for sent, done in (("on", True), ("on", True), ("", False), ("", False)):
        response = client.post(f"/prep/{item.public_id}/tick/", {"done": sent, "next": here})
        item.refresh_from_db()
        assert (response.headers["Location"], item.done_at is not None) == (here, done)
    assert Undo.objects.count() == 2


def test_htmx_gets_the_line_and_the_progress(interview, ada, client_of, clock):
    item, client = line(interview, minutes=45), client_of(ada)
    line(interview, "Talk", minutes=20)
    headers = {"HX-Request": "true"}
    response = client.post(f"/prep/{item.public_id}/tick/", {"done": "on"}, headers=headers)
    assert response.text.lstrip().startswith(f'<li id="prep-{item.public_id}">')
    assert ('aria-checked="true"' in response.text, "done today" in response.text) == (True, True)
    assert '<span id="prep-ready" hx-swap-oob="innerHTML">1 of 2 ready, 20 minutes left</span>' in response.text


@pytest.mark.parametrize("somewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\0"])
def test_a_tick_leads_nowhere_else(interview, ada, client_of, clock, somewhere):
    response = client_of(ada).post(f"/prep/{line(interview).public_id}/tick/", {"done": "on", "next": somewhere})
    assert response.headers["Location"] == f"/rounds/{interview.public_id}/"


def typed(**more):
    return {"text": "Read the appendix", "minutes": "25", "on": "2026-11-11", "url": "", **more}


def test_a_line_is_added_once_though_clicked_twice(interview, ada, client_of, clock):
    client = client_of(ada)
    for _ in range(2):
        assert client.post(prep(interview), typed()).headers["Location"] == prep(interview)
    item = interview.prep.get()
    assert (item.text, item.minutes, item.on, item.came_from) == ("Read the appendix", 25, dt.date(2026, 11, 11), "")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Enter what to do"),
        ({"text": "x" * 301}, "Use at most 300 characters; this has 301."),
        ({"text": "a\0b"}, "Enter plain text."),
        ({"minutes": ""}, "Enter the minutes"),
        ({"minutes": "0"}, "Enter a number from 1 up."),
        ({"minutes": "9" * 30}, "Enter a number up to 600."),
        ({"minutes": "long"}, "Enter a whole number, like 60"),
        ({"on": "tomorrow"}, "Enter the day, like 30 11 2026"),
        ({"on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"url": "javascript:alert(1)"}, "Enter a full web address"),
        ({"url": "https://x.example/" + "x" * 10_000}, "Use at most 2000 characters; this has 10018."),
    ],
)
@pytest.mark.parametrize("editing", [True, False])
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    interview, ada, client_of, clock, wrong, sentence, editing
):
    url = f"/prep/{line(interview, 'Old').public_id}/edit/" if editing else prep(interview)
    response = client_of(ada).post(url, typed(**wrong))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert "There is a problem" in response.text
    assert ("Read the appendix" in response.text) is ("text" not in wrong)
    assert plan(interview) == ["Old"] * editing


def seen(item, **more):
    values = {"text": item.text, "minutes": item.minutes, "on": item.on.isoformat() if item.on else "", "url": item.url}
    return {**values, **{f"initial-{name}": value for name, value in values.items()}, **more}


def test_a_line_is_changed_and_an_older_tab_is_shown_both(interview, ada, client_of, clock):
    item, client = line(interview, on=TODAY), client_of(ada)
    older, url = seen(item, text="Read twice"), f"/prep/{item.public_id}/edit/"
    assert client.post(url, seen(item, minutes="45", on="")).headers["Location"] == prep(interview)
    item.refresh_from_db()
    assert (item.minutes, item.on) == (45, None)
    response = client.post(url, {**older, "minutes": "20"})
    assert response.status_code == 409
    assert "Minutes Yours 20 Saved 45" in said(response)


def test_the_second_click_on_save_is_no_conflict(interview, ada, client_of, clock):
    item, client = line(interview), client_of(ada)
    form = seen(item, text="Read twice")
    answers = [client.post(f"/prep/{item.public_id}/edit/", form).status_code for _ in range(2)]
    assert (answers, plan(interview)) == ([302, 302], ["Read twice"])


def test_what_is_taken_out_comes_back_with_undo(interview, ada, client_of, clock):
    item, client = line(interview, done_at=NOW, minutes=45), client_of(ada)
    assert client.post(f"/prep/{item.public_id}/delete/").headers["Location"] == prep(interview)
    assert plan(interview) == []
    assert client.post(f"/prep/{item.public_id}/delete/").status_code == 404
    undo = Undo.objects.get()
    client.post(f"/undo/{undo.public_id}/")
    assert list(interview.prep.values_list("public_id", "minutes", "done_at")) == [(item.public_id, 45, NOW)]


def test_what_is_left_is_spread_again_with_weekends_if_chosen(application, ada, client_of, clock):
    interview, client = RoundFactory(application=application, on=dt.date(2026, 11, 16)), client_of(ada)
    first = line(interview, done_at=NOW, on=TODAY - DAY)
    rest = [line(interview, f"Thing {n}", position=n + 1) for n in range(6)]
    client.post(prep(interview, "spread/"), {"weekends": "on"})
    assert [PrepItem.objects.get(pk=one.pk).on.day for one in rest] == [10, 11, 12, 13, 14, 15]
    assert 'checked name="weekends"' in client.get(prep(interview)).text
    client.post(prep(interview, "spread/"))
    assert [PrepItem.objects.get(pk=one.pk).on.day for one in rest] == [10, 11, 11, 12, 13, 13]
    first.refresh_from_db()
    assert first.on == TODAY - DAY


@pytest.mark.parametrize("slug", ["nothing", "", "a" * 10_000, "\0", "-1"])
def test_a_set_that_is_not_there_is_refused(interview, ada, client_of, clock, slug):
    kept("research", "Own paper")
    response = client_of(ada).post(prep(interview, "set/"), {"prep_set": slug})
    assert (response.status_code, plan(interview)) == (422, [])


def test_a_set_is_added_by_its_name_and_says_how_much(interview, ada, client_of, clock):
    kept("graphs", "Breadth first", "Depth first", kind="coding")
    client = client_of(ada)
    assert (
        "2 lines added to the plan." in client.post(prep(interview, "set/"), {"prep_set": "graphs"}, follow=True).text
    )
    text = client.post(prep(interview, "set/"), {"prep_set": "graphs"}, follow=True).text
    assert "All of it is in the plan already." in text


def test_a_line_whose_day_is_over_says_so(interview, ada, client_of, clock):
    line(interview, on=TODAY - 2 * DAY, minutes=45)
    assert "from Sun, 45 min" in said(client_of(ada).get(prep(interview)))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_plan_asks_a_fixed_number_of_questions(interview, ada, client_of, django_assert_num_queries, clock, rows):
    for n in range(rows):
        kept(f"set-{n}", "One thing")
        line(interview, f"Thing {n}")
    client = client_of(ada)
    with django_assert_num_queries(6):  # session, person, round, plan, sets, bell
        assert client.get(prep(interview)).status_code == 200


@pytest.mark.parametrize("rest", ["prep/", "prep/set/", "prep/spread/"])
def test_nobody_else_reaches_a_plan(interview, mallory, grace, cora, admin, client_of, rest):
    people = (mallory, grace, cora, admin)
    url = f"/rounds/{interview.public_id}/{rest}"
    assert [client_of(who).post(url, typed()).status_code for who in people] == [404] * 4


@pytest.mark.parametrize("rest", ["tick/", "edit/", "delete/"])
def test_nobody_else_reaches_a_line(interview, mallory, grace, cora, admin, client_of, rest):
    item = line(interview)
    people = (mallory, grace, cora, admin)
    answers = [client_of(who).post(f"/prep/{item.public_id}/{rest}", typed(done="on")).status_code for who in people]
    item.refresh_from_db()
    assert (answers, item.text, item.done_at) == ([404] * 4, "Read", None)


def test_the_form_is_told_what_another_kind_would_bring(application, interview, ada, client_of, clock):
    kept("coding", "Graphs", kind="coding")
    headers = {"HX-Request": "true"}
    asked = {"kind": "coding", "on": "2026-11-11", "time": "15:00", "zone": "America/Los_Angeles"}
    for url in (prep(interview), f"/applications/{application.public_id}/rounds/new/"):
        text = said(client_of(ada).get(url, asked, headers=headers))
        assert "15:00 Los Angeles, 23:00 London" in text
        assert "1 thing to prepare, about 30 minutes" in text
    assert InterviewRound.objects.get().kind == "research"


@pytest.mark.parametrize("value", ["", "\0", "x" * 10_000, "9" * 400, "\ud800"])
@pytest.mark.parametrize("name", ["kind", "with_whom", "on", "time", "minutes", "zone"])
def test_the_preview_takes_whatever_is_typed(interview, ada, client_of, clock, name, value):
    asked = {"kind": "coding", "on": "2026-11-11", "time": "15:00", "zone": "Europe/London", name: value}
    query = {key: text.encode("utf-8", "surrogatepass") for key, text in asked.items()}
    assert client_of(ada).get(prep(interview), query, headers={"HX-Request": "true"}).status_code == 200


def test_make_plan_twice_makes_it_once(interview, ada):
    kept("research", "Own paper")
    assert [len(make_plan(interview=interview, by=ada, at=NOW)) for _ in range(2)] == [1, 0]
