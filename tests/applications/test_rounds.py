import datetime as dt

import pytest

from applications.models import InterviewRound, Undo
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said

TOMORROW = {"on": "2026-11-11", "time": "15:00", "minutes": "60"}


@pytest.fixture
def application(ada):
    return ApplicationFactory(student=ada, stage="interviewing", company=CompanyFactory(name="Northlight Labs"))


def new(application):
    return f"/applications/{application.public_id}/rounds/new/"


def page(interview, rest=""):
    return f"/rounds/{interview.public_id}/{rest}"


def typed(**more):
    return {"kind": "research", "zone": "Europe/London", "status": "scheduled", **more}


def seen(interview, **more):
    """What the form of this round sends back when only `more` was changed."""
    values = {
        "kind": interview.kind,
        "with_whom": interview.with_whom,
        "people": interview.people,
        "on": interview.on.isoformat() if interview.on else "",
        "time": f"{interview.time:%H:%M}" if interview.time else "",
        "minutes": interview.minutes or "",
        "zone": interview.zone,
        "place": interview.place,
        "status": interview.status,
        "notes": interview.notes,
    }
    first = {f"initial-{name}": value for name, value in values.items()}
    return {**values, **first, "version": interview.version, **more}


def test_a_round_for_tomorrow_is_added(application, ada, client_of, clock):
    response = client_of(ada).post(new(application), typed(**TOMORROW, people="Dr Hana Sato"))
    interview = InterviewRound.objects.get()
    assert response.headers["Location"] == page(interview)
    assert interview.starts_at == dt.datetime(2026, 11, 11, 15, 0, tzinfo=dt.UTC)


def test_only_the_kind_is_required(application, ada, client_of, clock):
    client = client_of(ada)
    assert client.post(new(application), typed()).status_code == 302
    response = client.post(new(application), typed(kind=""))
    assert (response.status_code, "Choose the kind" in response.text) == (422, True)


@pytest.mark.parametrize("time", ["15:00", "15.00", "3:00 pm", "3 pm", "3PM", "15:00:00"])
def test_times_are_read_as_people_write_them(application, ada, client_of, clock, time):
    client_of(ada).post(new(application), typed(**{**TOMORROW, "time": time}))
    assert InterviewRound.objects.get().time == dt.time(15)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time": "three"}, "Enter the start time, like 15:00"),
        ({"time": "25:00"}, "Enter the start time, like 15:00"),
        ({"time": "15:00", "on": ""}, "Enter the date of this start time."),
        ({"on": "31 11 2026"}, "Enter the day, like 30 11 2026"),
        ({"on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"minutes": "an hour"}, "Enter a whole number, like 60"),
        ({"minutes": "0"}, "Enter a number from 1 up."),
        ({"minutes": "99999999999"}, "Enter a number up to 10080."),
        ({"zone": "Mars/Olympus"}, "Choose one from the list."),
        ({"zone": ""}, "Choose the time zone"),
        ({"status": "won"}, "Choose one from the list."),
        ({"kind": "duel"}, "Choose one from the list."),
        ({"with_whom": "robot"}, "Choose one from the list."),
        ({"people": "x" * 201}, "Use at most 200 characters; this has 201."),
        ({"place": "https://video.example/" + "x" * 5_000}, "Use at most 500 characters; this has 5022."),
        ({"notes": "x" * 10_001}, "Use at most 10000 characters; this has 10001."),
        ({"notes": "a\0b"}, "Enter plain text."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    application, ada, client_of, clock, wrong, sentence
):
    response = client_of(ada).post(new(application), typed(**{**TOMORROW, "notes": "Bring the paper", **wrong}))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert ("There is a problem" in response.text, InterviewRound.objects.count()) == (True, 0)
    assert "Bring the paper" in response.text or "notes" in wrong


def test_ten_megabytes_are_refused(application, ada, client_of, clock):
    response = client_of(ada).post(new(application), typed(notes="x" * 10_000_000))
    assert (response.status_code, InterviewRound.objects.count()) == (413, 0)


def test_both_times_are_shown(application, ada, client_of, clock):
    interview = RoundFactory(application=application, zone="America/Los_Angeles", minutes=45)
    assert "Thu 12 Nov 15:00 to 15:45 Los Angeles, 23:00 London" in said(client_of(ada).get(page(interview)))


def test_a_link_can_be_joined(application, ada, client_of, clock):
    interview = RoundFactory(application=application, place="https://video.example/42")
    link = '<a class="btn btn-p" href="https://video.example/42" rel="noopener noreferrer external">'
    assert link in client_of(ada).get(page(interview)).text


def test_a_script_is_an_address_like_any_other(application, ada, client_of, clock):
    interview = RoundFactory(application=application, place="javascript:alert(1)")
    text = client_of(ada).get(page(interview)).text
    assert ("javascript:alert(1)" in text, 'href="javascript' in text) == (True, False)


@pytest.mark.parametrize(
    ("on", "status", "asks"),
    [
        (dt.date(2026, 11, 9), "scheduled", True),
        (dt.date(2026, 11, 9), "passed", False),
        (dt.date(2026, 11, 11), "scheduled", False),
    ],
)
def test_a_scheduled_round_in_the_past_is_asked_about_not_refused(application, ada, client_of, clock, on, status, asks):
    interview, client = RoundFactory(application=application, on=on, status=status), client_of(ada)
    assert ("This is in the past. Has it happened?" in client.get(page(interview)).text) is asks
    assert ("Has it happened?" in client.get(f"/applications/{application.public_id}/").text) is asks


@pytest.mark.parametrize(
    ("time", "minutes", "clashes"),
    [
        (dt.time(14, 30), None, True),
        (dt.time(15, 45), None, True),
        (dt.time(12), 150, True),
        (dt.time(13), 60, False),
        (dt.time(17), None, False),
    ],
)
def test_another_round_within_the_hour_is_pointed_out(application, ada, client_of, clock, time, minutes, clashes):
    marram = ApplicationFactory(student=ada, company=CompanyFactory(name="Marram"))
    RoundFactory(application=marram, time=time, minutes=minutes)
    interview = RoundFactory(application=application, minutes=60)
    text = client_of(ada).get(page(interview)).text
    assert (f"You have Marram at {time:%H:%M}. Keep both?" in text) is clashes


def test_the_rounds_of_others_clash_with_nothing(application, ada, client_of, clock):
    RoundFactory()
    assert "Keep both?" not in client_of(ada).get(page(RoundFactory(application=application))).text


@pytest.mark.parametrize(
    ("stage", "offers"), [("applied", True), ("interested", True), ("interviewing", False), ("offer", False)]
)
def test_a_round_offers_to_move_the_application_and_moves_nothing(ada, client_of, clock, stage, offers):
    application = ApplicationFactory(student=ada, stage=stage)
    client = client_of(ada)
    response = client.post(new(application), typed(**TOMORROW), follow=True)
    application.refresh_from_db()
    assert ("Move to Interviewing" in response.text, application.stage) == (offers, stage)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(application, ada, client_of, django_assert_num_queries, clock, rows):
    interview = RoundFactory.create_batch(rows, application=application)[0]
    client = client_of(ada)
    with django_assert_num_queries(7):  # session, person, round, clashes, plan, debriefs, bell
        client.get(page(interview))


def test_moving_a_round_changes_its_instant_and_its_revision(application, ada, client_of, clock):
    interview = RoundFactory(application=application)
    response = client_of(ada).post(page(interview, "edit/"), seen(interview, on="2026-11-13", time="09:30"))
    interview.refresh_from_db()
    assert response.headers["Location"] == page(interview)
    assert (interview.starts_at, interview.revision) == (dt.datetime(2026, 11, 13, 9, 30, tzinfo=dt.UTC), 2)


def test_no_outcome_is_red(application, ada, client_of, clock):
    interview, client = RoundFactory(application=application), client_of(ada)
    client.post(page(interview, "edit/"), seen(interview, status="not_this_time"))
    text = client.get(page(interview)).text.partition("<main")[2]
    assert ('class="pill soft">' in text, "due" in text, "error" in text) == (True, False, False)


def test_an_older_tab_sees_both_values_and_saves_again(application, ada, client_of, clock):
    interview, client = RoundFactory(application=application, people="Jo"), client_of(ada)
    older = seen(interview, people="Jo Lindgren", minutes="45")
    client.post(page(interview, "edit/"), seen(interview, people="Dr Hana Sato", place="Room 4"))
    response = client.post(page(interview, "edit/"), older)
    assert response.status_code == 409
    text = said(response)
    assert "This round changed at 09:00 in another tab. Yours is kept below: choose, and save again." in text
    assert "Names Yours Jo Lindgren Saved Dr Hana Sato" in text
    assert "Minutes Yours 45 Saved Empty" in text
    assert "Where" not in text
    client.post(page(interview, "edit/"), {**sent_by(response), "people": "Jo Lindgren", "minutes": "45"})
    interview.refresh_from_db()
    assert (interview.people, interview.minutes, interview.place) == ("Jo Lindgren", 45, "Room 4")


def sent_by(response):
    """The hidden inputs of a page."""
    import re

    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.text)
    return {name: value for name, value in inputs if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 40, "-1"])
def test_a_form_without_a_true_version_overwrites_nothing(application, ada, client_of, clock, version):
    interview = RoundFactory(application=application, people="Jo")
    response = client_of(ada).post(page(interview, "edit/"), seen(interview, people="Hana", version=version))
    interview.refresh_from_db()
    assert (response.status_code, interview.people) == (409, "Jo")


def test_the_second_click_on_save_is_no_conflict(application, ada, client_of, clock):
    interview, client = RoundFactory(application=application), client_of(ada)
    form = seen(interview, people="Dr Hana Sato")
    answers = [client.post(page(interview, "edit/"), form).headers.get("Location") for _ in range(2)]
    interview.refresh_from_db()
    assert (answers, interview.version) == ([page(interview)] * 2, 2)


def test_a_deleted_round_comes_back_with_undo(application, ada, client_of, clock):
    interview, client = RoundFactory(application=application, notes="Bring the paper"), client_of(ada)
    response = client.post(page(interview, "delete/"))
    assert response.headers["Location"] == f"/applications/{application.public_id}/"
    assert (application.rounds.count(), client.post(page(interview, "delete/")).status_code) == (0, 404)
    client.post(f"/undo/{Undo.objects.get().public_id}/")
    assert application.rounds.get().notes == "Bring the paper"
    assert client.get(page(interview, "delete/")).status_code == 405


MONDAY = {"on": "2026-11-09", "time": "15:00"}


def test_a_round_in_the_past_is_asked_about_once_before_it_is_saved(application, ada, client_of, clock):
    client, form = client_of(ada), typed(**MONDAY, notes="Bring the paper")
    response = client.post(new(application), form)
    assert (response.status_code, InterviewRound.objects.count()) == (409, 0)
    assert "This is in the past. Has it happened?" in response.text
    assert "Bring the paper" in response.text
    again = client.post(new(application), {**form, "warned": sent_by(response)["warned"]})
    assert (again.status_code, InterviewRound.objects.count()) == (302, 1)


def test_a_round_in_the_past_that_has_happened_is_saved_at_once(application, ada, client_of, clock):
    assert client_of(ada).post(new(application), typed(**{**MONDAY, "status": "done"})).status_code == 302


def test_a_clash_is_asked_about_before_it_is_saved_and_again_when_it_is_another(application, ada, client_of, clock):
    marram = ApplicationFactory(student=ada, company=CompanyFactory(name="Marram"))
    RoundFactory(application=marram, time=dt.time(14, 30))
    RoundFactory(application=marram, on=dt.date(2026, 11, 13), time=dt.time(9))
    client, form = client_of(ada), typed(on="2026-11-12", time="15:00")
    response = client.post(new(application), form)
    assert (response.status_code, "You have Marram at 14:30. Keep both?" in response.text) == (409, True)
    form["warned"] = sent_by(response)["warned"]
    other = client.post(new(application), {**form, "on": "2026-11-13", "time": "09:15"})
    assert (other.status_code, "You have Marram at 09:00. Keep both?" in other.text) == (409, True)
    assert client.post(new(application), form).status_code == 302


def test_an_edit_that_leaves_the_time_alone_is_not_asked_about(application, ada, client_of, clock):
    interview, client = RoundFactory(application=application, on=dt.date(2026, 11, 9)), client_of(ada)
    assert client.post(page(interview, "edit/"), seen(interview, people="Jo")).status_code == 302
    interview.refresh_from_db()
    response = client.post(page(interview, "edit/"), seen(interview, time="16:00"))
    assert (response.status_code, interview.people) == (409, "Jo")


@pytest.mark.parametrize("warned", ["", "x", "a\0b", "x" * 10_000])
def test_only_these_very_questions_count_as_answered(application, ada, client_of, clock, warned):
    assert client_of(ada).post(new(application), typed(**MONDAY, warned=warned)).status_code == 409


@pytest.mark.parametrize(
    ("on", "time", "instant"),
    [
        ("2027-03-28", "01:30", dt.datetime(2027, 3, 28, 1, 30, tzinfo=dt.UTC)),  # skipped in London
        ("2027-10-31", "01:30", dt.datetime(2027, 10, 31, 0, 30, tzinfo=dt.UTC)),  # there twice: the first
    ],
)
def test_a_time_that_is_missing_or_there_twice_is_an_instant_all_the_same(
    application, ada, client_of, clock, on, time, instant
):
    client_of(ada).post(new(application), typed(on=on, time=time))
    interview = InterviewRound.objects.get()
    assert (interview.starts_at, f"{interview.time:%H:%M}") == (instant, time)


@pytest.mark.parametrize("rest", ["", "edit/", "delete/"])
def test_nobody_else_finds_a_round(application, mallory, grace, cora, admin, client_of, rest):
    interview = RoundFactory(application=application)
    people = (mallory, grace, cora, admin)
    if rest != "delete/":
        assert [client_of(who).get(page(interview, rest)).status_code for who in people] == [404] * 4
    if rest:
        assert [client_of(who).post(page(interview, rest), seen(interview)).status_code for who in people] == [404] * 4
    assert application.rounds.get().version == 1


def test_nobody_adds_a_round_to_the_application_of_another(application, mallory, client_of):
    assert client_of(mallory).post(new(application), typed()).status_code == 404
