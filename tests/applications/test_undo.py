import datetime as dt
import html
import json
import re
import threading
import uuid

import pytest
from django.db import connection

from applications.actions import stages
from applications.actions.editing import delete_application, edit_application
from applications.actions.events import add_stage, delete_event, edit_event, log_event
from applications.actions.rounds import add_round, delete_round, edit_round
from applications.actions.undoing import forget_undone, undo_change, undoable
from applications.history import Step
from applications.models import (
    Application,
    Debrief,
    Desk,
    Document,
    DocumentVersion,
    Event,
    InterviewRound,
    Offer,
    PrepItem,
    Requirement,
    SavedView,
    SentDocument,
    TeamTalk,
    Undo,
)
from applications.queries.rows import rows_of
from reminders.actions.planning import make_plan
from reminders.models import Delivery
from tests.factories import NOW, TODAY, ApplicationFactory, RoundFactory
from tracker.lib.errors import DomainError, StaleError

COUNTERS = {"version", "revision"}
BULK_UNDO = 17
EARLIER = dt.date(2026, 10, 5)
HTMX = {"HX-Request": "true"}


@pytest.fixture
def whole(ada):
    """An application with something in every drawer."""
    application = ApplicationFactory(student=ada, stage="interviewing", stage_since=EARLIER, applied_on=EARLIER)
    one = RoundFactory(application=application, notes="Bring the paper")
    Requirement.objects.create(application=application, text="A PhD under way")
    PrepItem.objects.create(round=one, text="Read the paper")
    Debrief.objects.create(round=one, written_on=TODAY, went_well="Calm")
    TeamTalk.objects.create(application=application, name="Tides")
    Offer.objects.create(application=application, project="Tides", pay="4100.50", currency="GBP", marks={"pay": "good"})
    document = Document.objects.create(student=ada, name="CV")
    version = DocumentVersion.objects.create(
        document=document,
        number=1,
        stored_as="x",
        file_name="cv.pdf",
        media_type="application/pdf",
        size=3,
        sha256="0" * 64,
        uploaded_at=NOW,
    )
    SentDocument.objects.create(application=application, version=version, on=TODAY)
    note = Event.objects.create(application=application, kind="note", text="Met “Priya” \\ \n ☂", on=TODAY, by=ada)
    return application, one, note


def export(student, *applications):
    ids = [application.pk for application in applications]
    rows = {key: json.loads(row) for key, row in rows_of(student, ids, desk=True).items()}
    return {key: {name: row[name] for name in row.keys() - COUNTERS} for key, row in rows.items()}


def did(student, *applications, action, desk=False, **facts):
    with undoable(student=student, text="Did it.", at=NOW, applications=applications, desk=desk) as change:
        action(**facts)
    return change.undo


def take_back(undo, at=NOW):
    return undo_change(undo=undo, by=undo.student, at=at)


def moved(application, to="applied"):
    facts = {"application": application, "by": application.student, "at": NOW, "on": TODAY}
    return did(application.student, application, action=stages.move, to=to, **facts)


def noted(application, text="Met"):
    facts = {"kind": "note", "text": text, "is_shared": False, "on": TODAY, "by": application.student, "at": NOW}
    return log_event(application=application, **facts)


CHANGES = {
    "move": lambda a, r, e, by: (stages.move, {"application": a, "to": "offer", "on": TODAY}),
    "close": lambda a, r, e, by: (
        stages.close,
        {"application": a, "outcome": "no_reply", "reason": "Silence", "on": TODAY},
    ),
    "note": lambda a, r, e, by: (
        log_event,
        {"application": a, "kind": "note", "text": "Hm", "is_shared": True, "on": TODAY},
    ),
    "past stage": lambda a, r, e, by: (add_stage, {"application": a, "entered": "applied", "on": EARLIER}),
    "correct an entry": lambda a, r, e, by: (
        edit_event,
        {"event": e, "seen": e, "text": "Else", "is_shared": True, "on": EARLIER},
    ),
    "delete an entry": lambda a, r, e, by: (delete_event, {"event": e}),
    "edit": lambda a, r, e, by: (
        edit_application,
        {"application": a, "details": {"role": "Tide Intern", "weeks": 12}, "version": 1},
    ),
    "add a round": lambda a, r, e, by: (add_round, {"application": a, "details": {"kind": "coding"}}),
    "edit a round": lambda a, r, e, by: (
        edit_round,
        {"interview": r, "details": {"on": TODAY, "time": dt.time(9)}, "version": 1},
    ),
    "delete a round": lambda a, r, e, by: (delete_round, {"interview": r}),
    "delete it all": lambda a, r, e, by: (delete_application, {"application": a}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_every_kind_of_change_is_taken_back_to_the_very_rows(ada, whole, what):
    application, one, note = whole
    before = export(ada, application)
    action, facts = CHANGES[what](application, one, note, ada)
    undo = did(ada, application, action=action, by=ada, at=NOW, **facts)
    assert export(ada, application) != before
    assert take_back(undo) == [application]
    assert export(ada, application) == before


def test_what_is_on_the_desk_is_taken_back_too(ada):
    before = export(ada)
    undo = did(ada, action=lambda: SavedView.objects.create(student=ada, name="Mine"), desk=True)
    assert take_back(undo) == []
    assert export(ada) == before


@pytest.mark.parametrize("matched", [0, 1])
def test_rows_that_make_room_for_each_other_are_put_back(ada, matched):
    application = ApplicationFactory(student=ada)
    talks = [TeamTalk.objects.create(application=application, name=name, state="talking") for name in "AB"]
    TeamTalk.objects.filter(pk=talks[matched].pk).update(state="matched")
    before = export(ada, application)

    def match_the_other():
        TeamTalk.objects.filter(pk=talks[matched].pk).update(state="talking")
        TeamTalk.objects.filter(pk=talks[1 - matched].pk).update(state="matched")

    take_back(did(ada, application, action=match_the_other))
    assert export(ada, application) == before


def test_a_change_that_changes_nothing_is_not_kept(ada):
    application = ApplicationFactory(student=ada)
    assert moved(application, "interested") is None
    assert not Undo.objects.exists()


def test_a_refused_change_leaves_nothing(ada):
    application = ApplicationFactory(student=ada)
    with pytest.raises(DomainError):
        moved(application, "closed")
    assert not Undo.objects.exists()


def test_a_second_click_on_undo_does_nothing_more(ada):
    application = ApplicationFactory(student=ada)
    undo = moved(application)
    take_back(undo)
    noted(application)
    assert take_back(undo) == [application]
    assert application.events.count() == 2


def test_after_another_change_of_the_same_it_is_refused_as_a_whole(ada):
    application = ApplicationFactory(student=ada)
    first = moved(application)
    moved(application, "interviewing")
    before = export(ada, application)
    with pytest.raises(StaleError, match="There was another change since"):
        take_back(first)
    assert export(ada, application) == before


def test_another_change_beside_it_does_not_stand_in_the_way(ada):
    application = ApplicationFactory(student=ada)
    undo = moved(application)
    noted(application, "Met Priya")
    take_back(undo)
    application.refresh_from_db()
    assert (application.stage, application.events.filter(kind="note").count()) == ("interested", 1)


def test_what_was_added_stays_when_something_was_added_to_it(ada):
    application = ApplicationFactory(student=ada, stage="interviewing")
    facts = {"application": application, "details": {"kind": "coding"}, "by": ada, "at": NOW}
    undo = did(ada, application, action=add_round, **facts)
    PrepItem.objects.create(round=InterviewRound.objects.get(), text="Graphs")
    with pytest.raises(StaleError):
        take_back(undo)
    assert InterviewRound.objects.count() == 1


def test_a_name_that_was_taken_since_is_not_taken_over(ada):
    view = SavedView.objects.create(student=ada, name="Mine")
    undo = did(ada, action=view.delete, desk=True)
    SavedView.objects.create(student=ada, name="Mine")
    with pytest.raises(StaleError):
        take_back(undo)
    assert SavedView.objects.count() == 1


def test_it_is_too_late_after_ten_minutes(ada):
    application = ApplicationFactory(student=ada)
    undo = moved(application)
    take_back(did(ada, action=lambda: Desk.objects.create(student=ada), desk=True))
    with pytest.raises(DomainError, match="too late to undo"):
        take_back(undo, at=NOW + dt.timedelta(minutes=10, seconds=1))
    assert forget_undone(at=NOW + dt.timedelta(minutes=11)) == 2
    with pytest.raises(DomainError, match="too late to undo"):
        take_back(undo)


def test_prepared_lines_are_undone_though_they_name_their_round_only(ada, whole):
    application, _, _ = whole
    item = PrepItem.objects.get()
    undo = did(ada, application, action=PrepItem.objects.filter(pk=item.pk).update, done_at=NOW)
    take_back(undo)
    item.refresh_from_db()
    assert item.done_at is None


@pytest.mark.parametrize("many", [2, 9])
def test_however_many_there_are_it_takes_the_same_number_of_questions(ada, many, django_assert_num_queries):
    applications = ApplicationFactory.create_batch(many, student=ada, stage="applied", applied_on=TODAY)
    before = export(ada, *applications)

    def close_all():
        stages.move_many(applications=applications, step=Step(TODAY, "closed", "no_reply"), by=ada, at=NOW)

    undo = did(ada, *applications, action=close_all)
    with django_assert_num_queries(BULK_UNDO):
        take_back(undo)
    assert export(ada, *applications) == before


# Reminders


@pytest.fixture
def interview(ada):
    return RoundFactory(application__student=ada, on=dt.date(2026, 11, 11), time=dt.time(9))


def planned():
    make_plan(at=NOW)
    return sorted(Delivery.objects.values_list("revision", "state", "channel"))


def test_a_round_that_comes_back_is_reminded_of_anew(ada, interview):
    first = planned()
    undo = did(ada, interview.application, action=delete_round, interview=interview, by=ada, at=NOW)
    assert planned() == []
    take_back(undo)
    assert planned() == [("2", state, channel) for _, state, channel in first] != []


def test_a_time_that_is_put_back_supersedes_both_reminders(ada, interview):
    planned()
    facts = {"details": {"time": dt.time(10)}, "version": 1, "by": ada, "at": NOW}
    undo = did(ada, interview.application, action=edit_round, interview=interview, **facts)
    planned()
    take_back(undo)
    assert {(revision, state) for revision, state, _ in planned()} == {
        ("1", "superseded"),
        ("2", "superseded"),
        ("3", "pending"),
    }


def test_a_planned_reminder_does_not_keep_an_added_round(ada):
    application = ApplicationFactory(student=ada, stage="interviewing")
    details = {"kind": "coding", "on": dt.date(2026, 11, 11), "time": dt.time(9), "zone": "Europe/London"}
    undo = did(ada, application, action=add_round, application=application, details=details, by=ada, at=NOW)
    assert planned() != []
    take_back(undo)
    assert (InterviewRound.objects.count(), Delivery.objects.count()) == (0, 0)


def test_undoing_a_move_leaves_reminders_alone(ada, interview):
    first = planned()
    undo = moved(interview.application, "offer")
    take_back(undo)
    assert planned() == first


# Pages


def test_somebody_elses_change_is_not_there(ada, mallory, client_of, clock):
    undo = moved(ApplicationFactory(student=ada))
    assert client_of(mallory).post(f"/undo/{undo.public_id}/").status_code == 404
    assert client_of(mallory).get("/undo/").text.count("Did it.") == 0
    assert Application.objects.get().stage == "applied"


def test_recent_changes_can_be_taken_back_without_a_toast(ada, client_of, clock):
    application, client = ApplicationFactory(student=ada), client_of(ada)
    undo = moved(application)
    assert "Did it." in client.get("/undo/").text
    response = client.post(f"/undo/{undo.public_id}/", follow=True)
    assert f"Undone. {application.company.name} is in Interested." in response.text
    assert "Nothing to take back." in client.get("/undo/").text


@pytest.mark.parametrize(
    ("url", "form"),
    [
        ("/add/", {"company_or_link": "Ostrava Vision", "stage": "interested", "request_key": str(uuid.uuid4())}),
        ("/applications/{}/duplicate/", {}),
        ("/applications/{}/rounds/new/", {"kind": "coding", "zone": "Europe/London", "status": "scheduled"}),
        ("/applications/{}/accept/", {}),
    ],
)
def test_undo_on_the_page_of_what_it_takes_away_leads_to_a_page_that_is_there(ada, client_of, clock, url, form):
    application, client = ApplicationFactory(student=ada, stage="offer"), client_of(ada)
    page = client.post(url.format(application.public_id), form, follow=True)
    here = page.redirect_chain[-1][0]
    undo = re.search(r'action="(/undo/[^"]+)"', page.text)[1]
    answer = client.post(html.unescape(undo), headers={**HTMX, "HX-Current-URL": f"http://testserver{here}"})
    assert (client.get(here).status_code, client.get(answer.headers["HX-Redirect"]).status_code) == (404, 200)


@pytest.mark.parametrize(
    ("late", "sentence"),
    [(0, "There was another change since. Nothing was undone."), (11, "It is too late to undo this.")],
)
def test_a_change_that_stays_is_told(ada, client_of, clock, late, sentence):
    application, client = ApplicationFactory(student=ada), client_of(ada)
    undo = moved(application)
    moved(application, "interviewing")
    clock.shift(dt.timedelta(minutes=late))
    response = client.post(f"/undo/{undo.public_id}/")
    assert (response.status_code, sentence in response.text) == (409, True)
    response = client.post(f"/undo/{undo.public_id}/", headers=HTMX)
    trouble = json.loads(response.headers["HX-Trigger"])["waymark:trouble"]
    assert (response.status_code, trouble["text"], response.headers["HX-Reswap"]) == (409, sentence, "none")


@pytest.mark.parametrize("what", ["stage", "close"])
def test_a_plain_form_is_answered_with_undo_in_the_toast(ada, client_of, clock, what):
    application, client = ApplicationFactory(student=ada), client_of(ada)
    url = f"/applications/{application.public_id}/"
    page = client.post(f"{url}{what}/", {"stage": "offer", "outcome": "withdrew"}, follow=True).text
    undo = f"/undo/{Undo.objects.get().public_id}/"
    assert f'action="{undo}"' in page
    assert client.post(undo).url == url
    application.refresh_from_db()
    assert (application.stage, application.outcome) == ("interested", "")


def test_reopening_can_be_taken_back(ada, client_of, clock):
    application = ApplicationFactory(student=ada, stage="closed", outcome="no_reply", closing_reason="Silence")
    client = client_of(ada)
    client.post(f"/applications/{application.public_id}/reopen/")
    client.post(f"/undo/{Undo.objects.get().public_id}/")
    application.refresh_from_db()
    assert (application.stage, application.outcome, application.closing_reason) == ("closed", "no_reply", "Silence")


# Two tabs


def together(*tabs):
    """Run each in a thread of its own, all from one moment on; return what they answer, in their order."""
    start, answers = threading.Barrier(len(tabs)), [None] * len(tabs)

    def run(number, tab):
        try:
            start.wait()
            answers[number] = tab()
        except DomainError as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(tabs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def again(application):
    return Application.objects.get(pk=application.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_of_two_tabs_that_move_one_wins_and_what_it_did_can_be_undone(ada, _round):
    application = ApplicationFactory(student=ada, stage="applied")
    first, second = (again(application) for _ in range(2))
    answers = together(lambda: moved(first, "interviewing"), lambda: moved(second, "offer"))
    won = [answer for answer in answers if isinstance(answer, Undo)]
    told = [answer for answer in answers if isinstance(answer, StaleError)]
    assert (len(won), len(told), application.events.count()) == (1, 1, 2)
    take_back(won[0])
    assert again(application).stage == "applied"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_a_move_and_a_correction_at_once_are_both_kept(ada, _round):
    application = ApplicationFactory(student=ada, stage="applied", stage_since=TODAY, applied_on=TODAY)
    event, row = application.events.get(), again(application)

    def correct():
        facts = {"event": event, "seen": event, "text": "", "is_shared": False, "on": EARLIER, "by": ada, "at": NOW}
        return did(ada, application, action=edit_event, **facts)

    answers = together(lambda: moved(row, "interviewing"), correct)
    assert [type(answer) for answer in answers] == [Undo, Undo]
    now = again(application)
    assert (now.stage, now.stage_since, now.applied_on) == ("interviewing", TODAY, EARLIER)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(4))
def test_two_undos_of_one_change_undo_it_once(ada, _round):
    application = ApplicationFactory(student=ada)
    undo = moved(application)
    answers = together(*[lambda: take_back(Undo.objects.select_related("student").get(pk=undo.pk))] * 3)
    assert answers == [[application]] * 3
    assert (again(application).stage, application.events.count()) == ("interested", 1)


@pytest.mark.django_db(transaction=True)
def test_changes_of_many_in_any_order_wait_for_each_other(ada):
    many = ApplicationFactory.create_batch(8, student=ada)

    def note_all(applications):
        with undoable(student=ada, text="Noted.", at=NOW, applications=applications, desk=True) as change:
            for application in applications:
                noted(application, f"Note {threading.get_ident()}")
        return change.undo

    undos = together(lambda: note_all(many), lambda: note_all(many[::-1]), lambda: note_all(many[3:]))
    assert Event.objects.filter(kind="note").count() == 21
    together(*[lambda undo=undo: take_back(undo) for undo in undos])
    assert Event.objects.filter(kind="note").count() == 0


def test_what_would_leave_no_stage_at_all_is_not_undone(ada, clock, client_of):
    application = ApplicationFactory(student=ada)
    first, client = application.events.get(), client_of(ada)
    client.post(f"/applications/{application.public_id}/stage/", {"stage": "applied"})
    moved = Undo.objects.get()
    client.post(f"/events/{first.public_id}/delete/")
    answer = client.post(f"/undo/{moved.public_id}/")
    assert (answer.status_code, "Nothing was undone." in answer.text) == (409, True)
    assert list(application.events.values_list("stage", flat=True)) == ["applied"]


def test_adding_again_with_the_key_of_before_is_nothing_to_undo(ada, clock, client_of, season):
    client, key = client_of(ada), str(uuid.uuid4())
    typed = {"company_or_link": "Tidewater", "stage": "interested", "request_key": key}
    client.post("/add/", typed)
    clock.shift(dt.timedelta(minutes=5))
    client.post("/add/", typed)
    assert (Application.objects.count(), Undo.objects.count()) == (1, 1)
