import datetime as dt
import threading

import pytest
from django.db import connection

from applications.actions import stages
from applications.models import Application, Event
from tests.factories import NOW, TODAY, ApplicationFactory
from tracker.lib.errors import DomainError, StaleError


def move(application, to, on=TODAY, **more):
    return stages.move(application=application, to=to, by=application.student, at=NOW, on=on, **more)


def close(application, outcome="not_this_time", reason="", **more):
    return stages.close(
        application=application, outcome=outcome, reason=reason, by=application.student, at=NOW, on=TODAY, **more
    )


def state(application):
    return Application.objects.values_list("stage", "outcome", "stage_since", "applied_on").get(pk=application.pk)


def test_a_move_changes_the_stage_and_records_it(ada):
    application = ApplicationFactory(student=ada, stage_since=dt.date(2026, 11, 1))
    event = move(application, "applied")
    assert state(application) == ("applied", "", TODAY, TODAY)
    assert (event.kind, event.came_from, event.stage, event.on, event.by) == (
        "stage", "interested", "applied", TODAY, ada,
    )  # fmt: skip


def test_moving_to_the_present_stage_changes_nothing(ada):
    application = ApplicationFactory(student=ada, stage="applied")
    assert move(application, "applied", expected_stage="preparing") is None
    assert application.events.count() == 1


@pytest.mark.parametrize("stage", ["", "nowhere", "APPLIED", "\0"])
def test_an_unknown_stage_is_refused(ada, stage):
    application = ApplicationFactory(student=ada)
    with pytest.raises(DomainError, match="Choose a stage from the list"):
        move(application, stage)
    assert application.events.count() == 1


def test_closing_asks_how_it_ended(ada):
    with pytest.raises(DomainError, match="Choose how it ended"):
        move(ApplicationFactory(student=ada), "closed")


def test_going_back_before_applied_takes_the_sending_back(ada):
    application = ApplicationFactory(student=ada)
    for stage in ("applied", "interviewing"):
        move(application, stage)
    assert state(application)[3] == TODAY
    move(application, "preparing")
    assert state(application)[3] is None


def test_the_day_of_sending_stays_while_it_goes_on(ada):
    application = ApplicationFactory(student=ada, stage_since=dt.date(2026, 10, 1))
    move(application, "applied", on=dt.date(2026, 10, 20))
    move(application, "interviewing", on=dt.date(2026, 11, 9))
    assert state(application) == ("interviewing", "", dt.date(2026, 11, 9), dt.date(2026, 10, 20))


def test_a_move_is_never_dated_before_the_one_it_follows(ada):
    application = ApplicationFactory(student=ada, stage_since=TODAY)
    assert move(application, "applied", on=TODAY - dt.timedelta(days=1)).on == TODAY


def test_a_second_tab_that_saw_another_stage_is_told_and_moves_nothing(ada):
    application = ApplicationFactory(student=ada, stage="interviewing")
    with pytest.raises(StaleError) as refusal:
        move(application, "offer", expected_stage="applied")
    assert refusal.value.sentence == "This changed in another tab: it is in Interviewing now. Nothing was moved."
    assert (state(application)[0], application.events.count()) == ("interviewing", 1)


def test_a_row_that_changed_after_it_was_read_is_not_overwritten(ada):
    application = ApplicationFactory(student=ada)
    same = Application.objects.get(pk=application.pk)
    move(application, "applied")
    with pytest.raises(StaleError):
        move(same, "preparing")
    assert (state(application)[0], same.stage) == ("applied", "applied")


def test_closing_keeps_outcome_and_reason_and_when_it_was_sent(ada):
    application = ApplicationFactory(student=ada)
    move(application, "applied")
    event = close(application, "no_reply", "  Six weeks of silence. ")
    application.refresh_from_db()
    assert state(application) == ("closed", "no_reply", TODAY, TODAY)
    assert (application.closing_reason, event.outcome, event.text) == ("Six weeks of silence.", "no_reply", "")


@pytest.mark.parametrize("outcome", ["", "accepted", "lost"])
def test_an_unknown_outcome_is_refused(ada, outcome):
    application = ApplicationFactory(student=ada)
    with pytest.raises(DomainError) as refusal:
        close(application, outcome)
    assert (refusal.value.field, state(application)[0]) == ("outcome", "interested")


@pytest.mark.parametrize("reason", ["a" * 5001, "no\0"])
def test_a_reason_that_cannot_be_kept_is_refused(ada, reason):
    application = ApplicationFactory(student=ada)
    with pytest.raises(DomainError) as refusal:
        close(application, reason=reason)
    assert (refusal.value.field, state(application)[0]) == ("reason", "interested")


def test_closing_twice_in_the_same_way_is_one_event(ada):
    application = ApplicationFactory(student=ada)
    close(application)
    assert (close(application), application.events.count()) == (None, 2)


def test_another_outcome_corrects_the_first(ada):
    application = ApplicationFactory(student=ada)
    close(application, "no_reply")
    close(application, "role_closed")
    assert state(application)[:2] == ("closed", "role_closed")


def test_reopening_goes_back_to_where_it_was(ada):
    application = ApplicationFactory(student=ada)
    for stage in ("applied", "interviewing"):
        move(application, stage)
    close(application)
    stages.reopen(application=application, by=ada, at=NOW, on=TODAY)
    assert state(application)[:2] == ("interviewing", "")
    assert stages.reopen(application=application, by=ada, at=NOW, on=TODAY) is None


def test_accepting_keeps_it_in_offer(ada):
    application = ApplicationFactory(student=ada, stage="offer")
    stages.accept_offer(application=application, by=ada, at=NOW, on=TODAY)
    assert state(application)[:2] == ("offer", "accepted")
    assert stages.accept_offer(application=application, by=ada, at=NOW, on=TODAY) is None


def test_only_an_offer_can_be_accepted(ada):
    with pytest.raises(DomainError, match="Move it to Offer first"):
        stages.accept_offer(application=ApplicationFactory(student=ada, stage="applied"), by=ada, at=NOW, on=TODAY)


def test_correcting_the_day_of_an_event_corrects_the_application(ada):
    application = ApplicationFactory(student=ada, stage_since=dt.date(2026, 10, 1))
    event = move(application, "applied")
    Event.objects.filter(pk=event.pk).update(on=dt.date(2026, 10, 30))
    stages.restate(application=application, at=NOW)
    assert state(application) == ("applied", "", dt.date(2026, 10, 30), dt.date(2026, 10, 30))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_two_tabs_that_move_at_once_one_wins_and_the_other_is_told(ada, _round):
    application = ApplicationFactory(student=ada, stage="applied")
    start, answers = threading.Barrier(2), []

    def tab(to):
        try:
            row = Application.objects.get(pk=application.pk)
            start.wait()
            answers.append(move(row, to, expected_stage="applied").stage)
        except StaleError as error:
            answers.append(error.sentence)
        finally:
            connection.close()

    threads = [threading.Thread(target=tab, args=(to,)) for to in ("interviewing", "offer")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won = state(application)[0]
    assert won in answers
    assert next(a for a in answers if a != won).startswith("This changed in another tab")
    assert application.events.count() == 2


def test_the_second_click_of_a_double_click_finds_the_move_made(ada):
    application = ApplicationFactory(student=ada, stage="applied")
    first, second = (Application.objects.get(pk=application.pk) for _ in range(2))
    assert move(first, "interviewing", expected_stage="applied").stage == "interviewing"
    assert move(second, "interviewing", expected_stage="applied") is None
    assert application.events.count() == 2
