import datetime as dt
import threading

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from applications.actions.events import delete_event, edit_event, log_event
from applications.actions.stages import accept_offer, close, move, reopen
from applications.models import Event
from applications.stage import ACTIVE
from tests.factories import NOW, TODAY, ApplicationFactory, UserFactory
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


def corrected(event, on=None, text=None):
    facts = {"on": on or event.on, "text": event.text if text is None else text, "is_shared": False}
    return edit_event(event=event, seen=event, by=event.application.student, at=NOW, **facts)


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


def test_stages_keep_their_order(application):
    sent = moved(application, "applied", dt.date(2026, 10, 16))
    first = application.events.get(kind="added")
    with pytest.raises(DomainError, match=r"Interested is on 2 October 2026. Enter that day or a later one."):
        corrected(sent, on=dt.date(2026, 10, 1))
    with pytest.raises(DomainError, match=r"Applied is on 16 October 2026. Enter that day or an earlier one."):
        corrected(first, on=dt.date(2026, 10, 17))


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


def test_the_first_entry_stays(application, ada, client_of, clock):
    first = application.events.get()
    response = client_of(ada).post(f"/events/{first.public_id}/delete/")
    assert (response.status_code, "The first entry stays." in response.text) == (422, True)
    assert application.events.get() == first


def test_deleting_an_entry_asks_first_says_what_follows_and_is_a_404_the_second_time(
    application, ada, client_of, clock
):
    sent, client = moved(application, "applied", TODAY), client_of(ada)
    page = f"/events/{sent.public_id}/delete/"
    assert "The stage then follows" in client.get(page).text
    after = client.post(page, follow=True)
    assert "Deleted. It is in Interested now." in after.text
    assert client.post(page).status_code == 404


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


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.sampled_from(ACTIVE), st.integers(0, 60)),
        st.tuples(st.just("close"), st.sampled_from(["no_reply", "withdrew"]), st.integers(0, 60)),
        st.tuples(st.just("reopen"), st.just(""), st.integers(0, 60)),
        st.tuples(st.just("accept"), st.just(""), st.integers(0, 60)),
        st.tuples(st.just("edit"), st.integers(0, 9), st.integers(0, 60)),
        st.tuples(st.just("delete"), st.integers(0, 9), st.just(0)),
        st.tuples(st.just("note"), st.just(""), st.integers(0, 60)),
    ),
    min_size=1,
    max_size=12,
)


class Histories(TestCase):
    """Whatever is done to the events, stage and days of the application are what the events say."""

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(changes=CHANGES)
    def test_stage_and_days_always_follow_from_the_events(self, changes):
        student = UserFactory()
        application = ApplicationFactory(student=student, stage_since=TODAY - dt.timedelta(days=60))
        for what, argument, days in changes:
            self.change(application, student, what, argument, TODAY - dt.timedelta(days=days))
            application.refresh_from_db()
            events = list(application.events.exclude(stage="").order_by("pk"))
            assert [e.on for e in events] == sorted(e.on for e in events)
            assert (application.stage, application.outcome) == (events[-1].stage, events[-1].outcome)
            assert application.stage_since == oracle_since(events)
            assert application.applied_on == oracle_applied(events)

    def change(self, application, student, what, argument, on):
        facts = {"by": student, "at": NOW}
        events = list(application.events.order_by("pk"))
        try:
            if what == "move":
                move(application=application, to=argument, on=on, **facts)
            elif what == "close":
                close(application=application, outcome=argument, reason="", on=on, **facts)
            elif what == "reopen":
                reopen(application=application, on=on, **facts)
            elif what == "accept":
                accept_offer(application=application, on=on, **facts)
            elif what == "note":
                log_event(application=application, kind="note", text="Met", is_shared=False, on=on, **facts)
            elif what == "delete":
                delete_event(event=events[argument % len(events)], **facts)
            else:
                event = events[argument % len(events)]
                edit_event(event=event, seen=event, text=event.text, is_shared=False, on=on, **facts)
        except DomainError:
            pass


def oracle_since(events):
    """The first day of the unbroken run of entries in the present stage."""
    run = events[-1].on
    for event in reversed(events):
        if event.stage != events[-1].stage:
            return run
        run = event.on
    return run


def oracle_applied(events):
    """The first day in Applied or later since it was last in Interested or Preparing."""
    since = max((n for n, e in enumerate(events) if e.stage in {"interested", "preparing"}), default=-1)
    return next((e.on for e in events[since + 1 :] if e.stage in {"applied", "interviewing", "offer"}), None)
