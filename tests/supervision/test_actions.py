"""Inviting, accepting, sharing more or less, ending."""

import datetime as dt

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from applications.models import Application
from supervision import actions
from supervision.models import SharingEvent, Supervision, hash_token
from tests.factories import NOW, ApplicationFactory, SupervisionFactory, UserFactory
from tracker.lib.errors import DomainError


def record(supervision):
    return list(supervision.events.order_by("pk").values_list("kind", "level", "by__name"))


@pytest.fixture
def invited(ada):
    return actions.invite(student=ada, email="Prof@Uni.Example ", at=NOW)


def test_an_invitation_shares_nothing_and_keeps_no_secret(invited):
    row = Supervision.objects.values().get()
    assert (row["email"], row["level"], row["supervisor_id"], row["mail_due_at"]) == (
        "prof@uni.example",
        "nothing",
        None,
        NOW,
    )
    assert row["token_hash"] == hash_token(invited.token)
    assert [value for value in row.values() if value == invited.token] == []
    assert record(invited) == [("invited", "nothing", "Ada Whitlock")]


def test_the_same_address_is_invited_once_in_any_case(ada, invited):
    with pytest.raises(DomainError, match="You invited this address already"):
        actions.invite(student=ada, email="PROF@uni.example", at=NOW)
    assert Supervision.objects.count() == 1


def test_two_students_invite_the_same_address(mallory, invited):
    actions.invite(student=mallory, email=invited.email, at=NOW)
    assert Supervision.objects.count() == 2


def test_nobody_invites_themselves(ada):
    with pytest.raises(DomainError, match="your own address"):
        actions.invite(student=ada, email="ADA@waymark.example", at=NOW)


def test_an_expired_invitation_gives_way_to_a_new_one(ada, invited):
    later = NOW + dt.timedelta(days=settings.WAYMARK_INVITATION_DAYS)
    again = actions.invite(student=ada, email=invited.email, at=later)
    assert list(Supervision.objects.live()) == [again]


def test_a_student_writes_to_a_few_people_a_day(ada, settings):
    settings.WAYMARK_INVITATIONS_PER_DAY = 2
    for name in ("one", "two"):
        actions.invite(student=ada, email=f"{name}@uni.example", at=NOW)
    with pytest.raises(DomainError, match="2 people in a day"):
        actions.invite(student=ada, email="three@uni.example", at=NOW)
    assert actions.invite(student=ada, email="three@uni.example", at=NOW + dt.timedelta(days=1))


def test_withdrawing_and_inviting_again_counts_towards_the_day(ada, settings):
    settings.WAYMARK_INVITATIONS_PER_DAY = 1
    actions.end(supervision=actions.invite(student=ada, email="a@uni.example", at=NOW), by=ada, at=NOW)
    with pytest.raises(DomainError):
        actions.invite(student=ada, email="a@uni.example", at=NOW)


def test_accepting_makes_a_supervisor_who_sees_nothing_yet(ada, sam, invited):
    actions.accept(supervision=invited, by=sam, at=NOW)
    invited.refresh_from_db()
    assert (invited.supervisor, invited.level, invited.accepted_at, invited.token_hash) == (sam, "nothing", NOW, "")
    assert list(Supervision.objects.shared_with(sam)) == []
    assert record(invited)[1:] == [("accepted", "nothing", "Sam Okafor")]


def test_somebody_who_came_to_supervise_stops_being_a_student(invited):
    newcomer = UserFactory(phd_started_on=None)
    actions.accept(supervision=invited, by=newcomer, at=NOW)
    newcomer.refresh_from_db()
    assert (newcomer.is_supervisor, newcomer.is_student) == (True, False)


@pytest.mark.parametrize("sign", ["start", "application"])
def test_a_student_who_supervises_stays_a_student(invited, sign):
    both = UserFactory(phd_started_on=dt.date(2023, 10, 1) if sign == "start" else None)
    if sign == "application":
        ApplicationFactory(student=both)
    actions.accept(supervision=invited, by=both, at=NOW)
    both.refresh_from_db()
    assert (both.is_supervisor, both.is_student) == (True, True)


def test_the_student_cannot_accept(ada, invited):
    with pytest.raises(DomainError, match="your own invitation"):
        actions.accept(supervision=invited, by=ada, at=NOW)


@pytest.mark.parametrize("before", ["accepted", "withdrawn"])
def test_an_invitation_is_accepted_once_and_not_after_it_was_withdrawn(ada, sam, grace, invited, before):
    if before == "accepted":
        actions.accept(supervision=invited, by=grace, at=NOW)
    else:
        actions.end(supervision=invited, by=ada, at=NOW)
    with pytest.raises(DomainError, match="no longer open"):
        actions.accept(supervision=invited, by=sam, at=NOW)
    assert list(Supervision.objects.filter(supervisor=sam)) == []


def test_nobody_supervises_the_same_student_twice(ada, grace, invited):
    SupervisionFactory(student=ada, supervisor=grace)
    with pytest.raises(DomainError, match="You supervise Ada Whitlock already"):
        actions.accept(supervision=invited, by=grace, at=NOW)
    assert Supervision.objects.pending().count() == 1


def test_a_level_is_recorded_each_time_it_changes(ada, grace):
    supervision = SupervisionFactory(student=ada, supervisor=grace, level="nothing")
    for level in ("details", "details", "summary"):
        actions.change_level(supervision=supervision, level=level, by=ada, at=NOW)
    supervision.refresh_from_db()
    assert (supervision.level, supervision.level_at) == ("summary", NOW)
    assert record(supervision) == [("level", "details", "Ada Whitlock"), ("level", "summary", "Ada Whitlock")]


def test_nothing_is_shared_before_somebody_accepted(ada, invited):
    with pytest.raises(DomainError, match="Nobody accepted"):
        actions.change_level(supervision=invited, level="stages", by=ada, at=NOW)
    with pytest.raises(IntegrityError, match="supervision_shares_after_acceptance"), transaction.atomic():
        Supervision.objects.filter(pk=invited.pk).update(level="stages")


def test_a_level_that_does_not_exist_is_refused(ada, grace):
    with pytest.raises(DomainError, match="four levels"):
        actions.change_level(supervision=SupervisionFactory(student=ada), level="all", by=ada, at=NOW)


def test_ended_is_ended_once_and_cannot_be_changed(ada, grace):
    supervision = SupervisionFactory(student=ada, supervisor=grace)
    actions.end(supervision=supervision, by=ada, at=NOW)
    actions.end(supervision=supervision, by=ada, at=NOW + dt.timedelta(hours=1))
    with pytest.raises(DomainError, match="has ended"):
        actions.change_level(supervision=supervision, level="details", by=ada, at=NOW)
    supervision.refresh_from_db()
    assert (supervision.ended_at, supervision.level) == (NOW, "stages")
    assert record(supervision) == [("ended", "nothing", "Ada Whitlock")]


def test_after_the_end_the_same_supervisor_can_be_invited_again(ada, grace):
    actions.end(supervision=SupervisionFactory(student=ada, supervisor=grace), by=ada, at=NOW)
    again = actions.invite(student=ada, email=grace.email, at=NOW)
    actions.accept(supervision=again, by=grace, at=NOW)
    assert Supervision.objects.live().get().level == "nothing"


def test_a_student_is_nobodys_own_supervisor(ada):
    with pytest.raises(IntegrityError, match="supervision_of_another"), transaction.atomic():
        SupervisionFactory(student=ada, supervisor=ada)


def test_the_record_outlives_a_supervisors_account(ada, grace):
    supervision = SupervisionFactory(student=ada)
    actions.end(supervision=supervision, by=grace, at=NOW)
    grace.delete()
    assert SharingEvent.objects.get().by is None


def test_a_deactivated_student_is_not_shared(ada, grace):
    SupervisionFactory(student=ada, supervisor=grace)
    assert Supervision.objects.shared_with(grace).count() == 1
    ada.is_active = False
    ada.save()
    assert Supervision.objects.shared_with(grace).count() == 0


def test_others_see_neither_sharing_nor_applications(ada, grace, mallory):
    SupervisionFactory(student=ada, supervisor=grace)
    ApplicationFactory(student=ada)
    assert Supervision.objects.visible_to(mallory).count() == 0
    assert Application.objects.visible_to(grace).count() == 0
