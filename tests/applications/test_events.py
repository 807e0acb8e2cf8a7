import datetime as dt
import threading

import pytest
from django.db import connection

from applications.actions.events import add_stage, delete_event, edit_event, log_event
from applications.actions.stages import accept_offer, close, move
from applications.models import Event, Undo
from tests.factories import NOW, TODAY, ApplicationFactory
from tracker.lib.errors import DomainError, StaleError

HTMX = {"HX-Request": "true"}


@pytest.fixture
def application(ada):
    return ApplicationFactory(student=ada, stage_since=dt.date(2026, 10, 2))


def url(application):
    return f"/applications/{application.public_id}/events/"


def note(application, text="Met Priya", **more):
    return Event.objects.create(application=application, kind="note", text=text, on=TODAY, **more)


def moved(application, stage, on):
    return move(application=application, to=stage, by=application.student, at=NOW, on=on)


def corrected(event, on=None, text=None, entered=""):
    facts = {"on": on or event.on, "text": event.text if text is None else text, "is_shared": False, "entered": entered}
    return edit_event(event=event, seen=event, by=event.application.student, at=NOW, **facts)


def added(application, entered, on):
    return add_stage(application=application, entered=entered, on=on, by=application.student, at=NOW)


def ways(application):
    return list(application.events.exclude(stage="").order_by("on", "pk").values_list("came_from", "stage"))


def deleted(event):
    return delete_event(event=event, by=event.application.student, at=NOW)


def standing(application):
    application.refresh_from_db()
    return application.stage, application.stage_since, application.applied_on


@pytest.mark.parametrize("kind", ["note", "email", "call", "interview"])
def test_a_line_is_logged_today_for_the_student_alone(application, ada, client_of, clock, kind):
    response = client_of(ada).post(url(application), {"text": " Met\r\nPriya ", "kind": kind, "is_shared": ""})
    event = application.events.get(kind=kind)
    assert response.headers["Location"] == f"/applications/{application.public_id}/#timeline"
    assert (event.text, event.on, event.is_shared, event.by) == ("Met\nPriya", TODAY, False, ada)


def test_a_line_can_be_shared_and_dated_back(application, ada, client_of, clock):
    client_of(ada).post(url(application), {"text": "Met", "kind": "note", "is_shared": "on", "on": "2026-11-03"})
    event = application.events.get(kind="note")
    assert (event.is_shared, event.on) == (True, dt.date(2026, 11, 3))


def test_htmx_gets_the_entry_and_an_empty_line(application, ada, client_of, clock):
    page = client_of(ada).post(url(application), {"text": "Met <b>Priya</b>", "kind": "call"}, headers=HTMX).text
    assert page.lstrip().startswith('<li class="fresh">')
    assert ("Met &lt;b&gt;Priya&lt;/b&gt;" in page, 'hx-swap-oob="true"' in page, "<html" in page) == (
        True,
        True,
        False,
    )


def test_a_double_click_logs_once(application, ada, client_of, clock):
    client = client_of(ada)
    for _ in range(2):
        client.post(url(application), {"text": "Met Priya", "kind": "note"})
    assert application.events.filter(kind="note").count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "", "kind": "note"}, "Enter what happened"),
        ({"text": " \n ", "kind": "note"}, "Enter what happened"),
        ({"text": "Met", "kind": "stage"}, "Choose note, email, call or interview."),
        ({"text": "Met"}, "Choose note, email, call or interview."),
        ({"text": "Me\0t", "kind": "note"}, "Enter plain text."),
        ({"text": "x" * 5_001, "kind": "note"}, "Use at most 5000 characters; this has 5001."),
        (
            {"text": "Met", "kind": "note", "on": "2026-11-11"},
            "Enter today or an earlier day: 11 November 2026 is still to come.",
        ),
        (
            {"text": "Met", "kind": "note", "on": "2026-12-31"},
            "Enter today or an earlier day: 31 December 2026 is still to come.",
        ),
        ({"text": "Met", "kind": "note", "on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"text": "Met", "kind": "note", "on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"text": "Met", "kind": "note", "on": "30 02 2026"}, "Enter the day, like 30 11 2026"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_refused_line_says_why_and_keeps_what_was_typed(application, ada, client_of, clock, typed, sentence, headers):
    response = client_of(ada).post(url(application), typed, headers=headers)
    text = typed["text"].replace("\0", "�").strip()
    assert (response.status_code, sentence in response.text, application.events.count()) == (422, True, 1)
    assert text in response.text.replace("\0", "�")


def test_ten_megabytes_are_refused_before_they_are_read(application, ada, client_of, clock):
    response = client_of(ada).post(url(application), {"text": "x" * 10_000_000, "kind": "note"})
    assert (response.status_code, application.events.count()) == (413, 1)


def test_nobody_logs_to_or_edits_the_timeline_of_another(application, mallory, grace, client_of):
    event = note(application)
    posts = [
        client_of(who).post(page, {"text": "Hm", "kind": "note", "on": "2026-11-01"}).status_code
        for who in (mallory, grace)
        for page in (url(application), f"/events/{event.public_id}/edit/", f"/events/{event.public_id}/delete/")
    ]
    assert (posts, Event.objects.get(pk=event.pk).text) == ([404] * 6, "Met Priya")


def edit_form(event, **typed):
    seen = {"initial-on": event.on.isoformat(), "initial-text": event.text, "initial-is_shared": str(event.is_shared)}
    return {"on": event.on.isoformat(), "text": event.text, **seen, **typed}


def test_day_and_words_of_an_entry_are_corrected(application, ada, client_of, clock):
    event = note(application)
    typed = edit_form(event, on="3 November 2026", text="Met Priya at the workshop", is_shared="on")
    response = client_of(ada).post(f"/events/{event.public_id}/edit/", typed)
    event.refresh_from_db()
    assert response.status_code == 302
    assert (event.on, event.text, event.is_shared) == (dt.date(2026, 11, 3), "Met Priya at the workshop", True)


@pytest.mark.parametrize("day", ["", "2026-11-11", "0001-01-01", "9999-12-31", "soon"])
def test_a_day_that_cannot_be_is_refused(application, ada, client_of, clock, day):
    event = note(application)
    response = client_of(ada).post(f"/events/{event.public_id}/edit/", edit_form(event, on=day))
    event.refresh_from_db()
    assert (response.status_code, event.on) == (422, TODAY)


def test_an_edit_from_an_older_tab_shows_both_and_can_be_saved_again(application, ada, client_of, clock):
    event, client = note(application), client_of(ada)
    older = edit_form(event, text="Mine")
    client.post(f"/events/{event.public_id}/edit/", edit_form(event, text="From the other tab"))
    response = client.post(f"/events/{event.public_id}/edit/", older)
    assert response.status_code == 409
    assert ("Mine" in response.text, "From the other tab" in response.text) == (True, True)
    event.refresh_from_db()
    client.post(f"/events/{event.public_id}/edit/", edit_form(event, text="Mine"))
    event.refresh_from_db()
    assert event.text == "Mine"


def test_correcting_the_day_of_a_stage_corrects_the_application(application):
    sent = moved(application, "applied", TODAY)
    corrected(sent, on=dt.date(2026, 10, 16))
    assert standing(application) == ("applied", dt.date(2026, 10, 16), dt.date(2026, 10, 16))


def test_a_day_decides_the_order_of_the_stages(application):
    moved(application, "preparing", dt.date(2026, 10, 9))
    sent = moved(application, "applied", dt.date(2026, 10, 16))
    corrected(sent, on=dt.date(2026, 10, 5))
    assert standing(application) == ("preparing", dt.date(2026, 10, 9), None)
    assert ways(application) == [("", "interested"), ("interested", "applied"), ("applied", "preparing")]


def test_within_a_day_what_was_recorded_later_comes_later(application):
    for stage in ("applied", "preparing", "interviewing"):
        moved(application, stage, dt.date(2026, 10, 16))
    assert ways(application)[-1] == ("preparing", "interviewing")


def test_a_later_stage_before_the_first_entry_takes_its_day_back(application):
    added(application, "applied", dt.date(2026, 9, 28))
    assert application.events.get(kind="added").on == dt.date(2026, 9, 28)
    assert standing(application) == ("applied", dt.date(2026, 9, 28), dt.date(2026, 9, 28))


def test_an_earlier_stage_before_the_first_entry_is_what_happened_before(ada):
    application = ApplicationFactory(student=ada, stage="applied", stage_since=TODAY, applied_on=TODAY)
    added(application, "interested", dt.date(2026, 9, 28))
    assert ways(application) == [("", "interested"), ("interested", "applied")]
    assert standing(application) == ("applied", TODAY, TODAY)


def test_the_same_stage_before_the_first_entry_is_since_when_it_was_there(ada):
    application = ApplicationFactory(student=ada, stage="applied", stage_since=TODAY, applied_on=TODAY)
    added(application, "applied", dt.date(2026, 9, 28))
    assert standing(application) == ("applied", dt.date(2026, 9, 28), dt.date(2026, 9, 28))


def test_an_entry_may_name_another_stage_and_how_it_ended(application):
    sent = moved(application, "applied", dt.date(2026, 10, 16))
    corrected(sent, entered="closed:no_reply")
    application.refresh_from_db()
    assert (application.stage, application.outcome, application.applied_on) == ("closed", "no_reply", None)
    corrected(Event.objects.get(pk=sent.pk), entered="offer:accepted")
    application.refresh_from_db()
    assert (application.stage, application.outcome) == ("offer", "accepted")


@pytest.mark.parametrize(
    "entered", ["closed", "closed:accepted", "applied:no_reply", "offer:no_reply", "lost", ":", " "]
)
def test_a_stage_that_is_not_in_the_list_is_refused(application, entered):
    sent = moved(application, "applied", dt.date(2026, 10, 16))
    with pytest.raises(DomainError, match="Choose a stage from the list"):
        corrected(sent, entered=entered)
    with pytest.raises(DomainError, match="Choose a stage from the list"):
        added(application, entered, TODAY)
    assert standing(application)[0] == "applied"


def test_a_note_names_no_stage(application):
    assert corrected(note(application), entered="offer").stage == ""


def test_an_earlier_stage_is_added_once_by_a_double_click(application):
    assert added(application, "applied", TODAY) == added(application, "applied", TODAY)
    assert application.events.count() == 2


def test_a_day_to_come_is_no_earlier_stage(application):
    with pytest.raises(DomainError, match="is still to come"):
        added(application, "applied", TODAY + dt.timedelta(days=1))


def test_deleting_the_last_stage_brings_back_the_one_before(application):
    moved(application, "applied", dt.date(2026, 10, 16))
    talks = moved(application, "interviewing", dt.date(2026, 10, 27))
    assert deleted(talks).stage == "applied"
    assert standing(application) == ("applied", dt.date(2026, 10, 16), dt.date(2026, 10, 16))


def test_deleting_a_stage_between_two_joins_them(application):
    sent = moved(application, "applied", dt.date(2026, 10, 16))
    talks = moved(application, "interviewing", dt.date(2026, 10, 27))
    deleted(sent)
    talks.refresh_from_db()
    assert talks.came_from == "interested"
    assert standing(application) == ("interviewing", dt.date(2026, 10, 27), dt.date(2026, 10, 27))


def test_the_last_entry_with_a_stage_stays(application, ada, client_of, clock):
    first = application.events.get()
    note(application)
    response = client_of(ada).post(f"/events/{first.public_id}/delete/")
    assert (response.status_code, "The last entry with a stage stays." in response.text) == (422, True)
    assert application.events.exclude(stage="").get() == first


def test_deleting_an_entry_acts_at_once_says_what_follows_and_is_offered_back(application, ada, client_of, clock):
    sent, client = moved(application, "applied", TODAY), client_of(ada)
    page = f"/events/{sent.public_id}/delete/"
    after = client.post(page, follow=True).text
    assert "Deleted: Moved to Applied, 10 Nov. It is in Interested now." in after
    undo = f"/undo/{Undo.objects.get().public_id}/"
    assert f'action="{undo}"' in after
    assert (client.post(page).status_code, client.get(page).status_code) == (404, 405)
    assert client.post(undo, follow=True).status_code == 200
    assert standing(application) == ("applied", TODAY, TODAY)


def test_an_earlier_stage_is_added_on_its_page_and_offered_back(application, ada, client_of, clock):
    client, page = client_of(ada), f"/applications/{application.public_id}/events/new/"
    assert "Add an earlier stage" in client.get(page).text
    after = client.post(page, {"entered": "applied", "on": "3 November 2026"}, follow=True).text
    assert ("Added. It is in Applied now." in after, 'action="/undo/' in after) == (True, True)
    assert standing(application) == ("applied", dt.date(2026, 11, 3), dt.date(2026, 11, 3))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Choose the stage"),
        ({"entered": "applied"}, "Enter the day, like 30 11 2026"),
        ({"entered": "lost", "on": "2026-11-03"}, "Choose one from the list."),
        ({"entered": "applied", "on": "2026-11-11"}, "is still to come"),
        ({"entered": "applied\0", "on": "2026-11-03"}, "Choose one from the list."),
    ],
)
def test_a_refused_earlier_stage_says_why(application, ada, client_of, clock, typed, sentence):
    response = client_of(ada).post(f"/applications/{application.public_id}/events/new/", typed)
    assert (response.status_code, sentence in response.text, application.events.count()) == (422, True, 1)


def test_the_stage_of_an_entry_is_corrected_on_its_page(application, ada, client_of, clock):
    sent, client = moved(application, "applied", TODAY), client_of(ada)
    typed = edit_form(sent, entered="interviewing", on="2026-11-04") | {"initial-entered": "applied"}
    after = client.post(f"/events/{sent.public_id}/edit/", typed, follow=True).text
    assert ("Saved. It is in Interviewing now." in after, 'action="/undo/' in after) == (True, True)
    assert standing(application) == ("interviewing", dt.date(2026, 11, 4), dt.date(2026, 11, 4))


def test_a_stage_corrected_in_another_tab_is_shown_with_both_values(application, ada, client_of, clock):
    sent = moved(application, "applied", TODAY)
    older = edit_form(sent, entered="interviewing") | {"initial-entered": "applied"}
    corrected(sent, entered="closed:role_closed")
    response = client_of(ada).post(f"/events/{sent.public_id}/edit/", older)
    assert (response.status_code, "Closed: role closed" in response.text, "Interviewing" in response.text) == (
        409,
        True,
        True,
    )


def test_htmx_is_offered_to_take_back_what_was_logged(application, ada, client_of, clock):
    page = client_of(ada).post(url(application), {"text": "Met Priya", "kind": "call"}, headers=HTMX).text
    assert f'hx-post="/undo/{Undo.objects.get().public_id}/"' in page


@pytest.mark.parametrize("text", ["", "a\0b", "x" * 5_001])
def test_the_action_refuses_what_no_form_let_through(application, text):
    facts = {"is_shared": False, "on": TODAY, "by": application.student, "at": NOW}
    with pytest.raises(DomainError):
        log_event(application=application, kind="note", text=text, **facts)
    assert application.events.count() == 1


def test_a_move_is_never_dated_before_the_entry_it_follows(application):
    moved(application, "offer", dt.date(2026, 10, 16))
    facts = {"application": application, "by": application.student, "at": NOW}
    accepted = accept_offer(on=dt.date(2026, 10, 30), **facts)
    closed = close(outcome="withdrew", reason="", on=dt.date(2026, 10, 20), **facts)
    assert closed.on == accepted.on


def test_an_entry_deleted_meanwhile_is_told(application):
    event = note(application)
    deleted(event)
    with pytest.raises(StaleError):
        corrected(Event(pk=10**9, application=application, kind="note", on=TODAY), text="Hm")


@pytest.mark.django_db(transaction=True)
def test_of_two_corrections_at_once_one_wins_and_one_is_told():
    event = note(ApplicationFactory())
    together, outcomes = threading.Barrier(2), []

    def correct(text):
        together.wait()
        try:
            outcomes.append(corrected(event, text=text).text)
        except StaleError:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=correct, args=(text,)) for text in ("Jo", "Hana")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Event.objects.get(pk=event.pk).text
    assert sorted(outcomes) == sorted([kept, "stale"])
