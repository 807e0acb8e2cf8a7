"""Mails about the account itself: what is shared, and who signs in. They come at once and cannot be stopped."""

import datetime as dt
import re

import pytest

from accounts.models import SignIn
from reminders import actions
from reminders.models import Delivery, Notice, Preference, Times
from reminders.plan import Kind
from supervision import actions as sharing
from supervision.models import Supervision
from tests.factories import SupervisionFactory
from tests.reminders.conftest import posted

NOW = dt.datetime(2026, 11, 10, 22, 30, tzinfo=dt.UTC)  # in quiet hours
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)


@pytest.fixture
def ada(student):
    return student(email="ada@waymark.example", name="Ada Whitlock")


@pytest.fixture
def shared(ada, grace):
    return SupervisionFactory(student=ada, supervisor=grace, level="nothing")


def test_a_change_of_level_is_told_at_once_and_names_nobody_in_its_subject(ada, grace, shared):
    sharing.change_level(supervision=shared, level="stages", by=ada, at=NOW)
    letter = posted(NOW)["sharing_changed"]
    assert (letter.subject, letter.to) == ("You now share stages with a supervisor", [ada.email])
    assert "Since Tuesday 10 November, 22:30 GMT (London) Grace Lindqvist sees this of you: Numbers per" in letter.body
    assert "Also company, role, stage and dates.\n" in letter.body
    assert "interview rounds" not in letter.body
    assert re.search(r"Review what you share: \S+/sharing/\n", letter.body)
    assert posted(NOW + MINUTE) == {}


def test_names_stand_in_subjects_for_who_wants_them(ada, grace, shared):
    Times.objects.create(person=ada, names_in_subjects=True)
    sharing.change_level(supervision=shared, level="summary", by=ada, at=NOW)
    assert posted(NOW)["sharing_changed"].subject == "You now share summary with Grace Lindqvist"


def test_an_acceptance_and_both_ends_are_told_to_the_student_alone(ada, grace, sam):
    pending = SupervisionFactory(student=ada, supervisor=None, email=grace.email, accepted_at=None, level="nothing")
    sharing.accept(supervision=pending, by=grace, at=NOW)
    accepted = posted(NOW)["sharing_changed"]
    assert accepted.subject == "A supervisor accepted your invitation"
    assert "Nothing is shared by that: you choose how much." in accepted.body
    sharing.end(supervision=Supervision.objects.get(), by=grace, at=NOW + MINUTE)
    left = posted(NOW + MINUTE)["sharing_changed"]
    assert left.subject == "Sharing with a supervisor ended"
    assert "Grace Lindqvist left on" in left.body
    sharing.end(supervision=SupervisionFactory(student=ada, supervisor=sam), by=ada, at=NOW + 2 * MINUTE)
    assert posted(NOW + 2 * MINUTE)["sharing_changed"].subject == "You ended sharing with a supervisor"
    assert set(Delivery.objects.values_list("person", flat=True)) == {ada.pk}


def test_an_invitation_and_its_withdrawal_share_nothing_and_say_nothing(ada):
    invited = sharing.invite(student=ada, email="prof@uni.example", at=NOW)
    sharing.end(supervision=invited, by=ada, at=NOW)
    assert posted(NOW) == {}


def test_it_comes_while_mails_are_paused_switched_off_or_nobody_was_here_for_long(ada, shared, season):
    ada.last_seen_on = dt.date(2026, 1, 1)
    ada.save()
    Times.objects.create(person=ada, paused_until=dt.date(2027, 6, 1))
    for kind in (Kind.ACCESS, Kind.WINDOW):
        Preference.objects.create(person=ada, kind=kind, by_mail="off", app=False)
    sharing.change_level(supervision=shared, level="stages", by=ada, at=NOW)
    letter = posted(NOW)["sharing_changed"]
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(letter.extra_headers)
    assert "it cannot be stopped" in letter.body
    assert "Stop e-mails" not in letter.body


def test_what_changed_before_the_look_back_is_not_told_any_more(ada, shared):
    sharing.change_level(supervision=shared, level="stages", by=ada, at=NOW - 3 * DAY - MINUTE)
    assert posted(NOW) == {}
    sharing.change_level(supervision=shared, level="details", by=ada, at=NOW - 3 * DAY + MINUTE)
    assert list(posted(NOW)) == ["sharing_changed"]


def test_a_new_sign_in_says_with_what_and_when_to_anybody(ada, grace):
    for person in (ada, grace):
        SignIn.objects.create(user=person, at=NOW, device="Firefox on Linux")
    actions.make_plan(at=NOW)
    letter = posted(NOW)["sign_in"]
    assert letter.subject == "New sign-in to your account"
    assert "Device  Firefox on Linux\nWhen    Tuesday 10 November, 22:30 GMT (London)" in letter.body
    assert re.search(r"Change your password: \S+/accounts/password/change/\n", letter.body)
    actions.tell(at=NOW)
    assert {notice.person for notice in Notice.objects.all()} == {ada, grace}


def test_it_is_of_use_for_seven_days(ada):
    SignIn.objects.create(user=ada, at=NOW, device="Firefox on Linux")
    actions.make_plan(at=NOW)
    assert actions.claim(at=NOW + 7 * DAY) is None
    assert actions.expire(at=NOW + 7 * DAY) == 1
    assert Delivery.objects.get(channel="mail").state == "expired"
