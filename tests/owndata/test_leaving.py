"""The end of an account: what is shared ends at once, two weeks to think, then nothing of it is left anywhere."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from applications.models import Application
from owndata.actions.leaving import ask_to_leave, delete_leaving, stay
from owndata.tasks import tidy
from reminders.actions import make_plan
from reminders.actions.replaying import catch_up
from reminders.models import Delivery
from supervision.models import Supervision
from tests.factories import NOW, ApplicationFactory, CompanyFactory, SupervisionFactory, UserFactory

TWO_WEEKS = dt.timedelta(days=14)


def leave(person):
    ask_to_leave(person=person, email=person.email, at=NOW)


def test_supervisors_see_nothing_from_the_moment_of_asking(ada, grace, clock, client_of):
    ApplicationFactory(student=ada)
    SupervisionFactory(student=ada, supervisor=grace, level="details")
    page = f"/supervision/{ada.public_id}/"
    assert client_of(grace).get(page).status_code == 200
    answer = client_of(ada).post("/settings/data/leave/", {"email": ada.email})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/data/")
    assert client_of(grace).get(page).status_code == 404
    assert Supervision.objects.live().count() == 0


def test_nothing_happens_before_two_weeks_are_over_and_one_may_stay(ada, clock, client_of):
    ApplicationFactory(student=ada)
    leave(ada)
    assert delete_leaving(at=NOW + TWO_WEEKS - dt.timedelta(seconds=1)) == 0
    page = client_of(ada).get("/applications/board/").text
    assert "This account is deleted on 24 November" in page
    client_of(ada).post("/settings/data/stay/")
    assert "This account is deleted" not in client_of(ada).get("/today/").text
    assert delete_leaving(at=NOW + 2 * TWO_WEEKS) == 0
    assert Application.objects.visible_to(ada).count() == 1


@pytest.mark.parametrize("typed", ["", "mallory@waymark.example", "ada@waymark", "\0"])
def test_only_ones_own_address_ends_an_account(ada, clock, client_of, typed):
    answer = client_of(ada).post("/settings/data/leave/", {"email": typed})
    ada.refresh_from_db()
    assert (answer.status_code, ada.leaving_since) == (422, None)


def test_whoever_leaves_hears_of_that_and_of_nothing_else(ada, season, clock):
    ApplicationFactory(
        student=ada, closes_on=NOW.date() + dt.timedelta(days=10), next_step="x", next_step_on=NOW.date()
    )
    leave(ada)
    for hours in range(0, 24 * 8, 6):
        make_plan(at=NOW + dt.timedelta(hours=hours))
    assert {row.rule for row in Delivery.objects.filter(person=ada)} == {"leaving"}
    stay(person=ada)
    make_plan(at=NOW + dt.timedelta(days=3))
    assert Delivery.objects.filter(person=ada, rule="posting_closes").exists()


def test_a_restored_backup_forgets_who_was_deleted_since(ada, clock, django_capture_on_commit_callbacks):
    public_id = ada.public_id
    leave(ada)
    with django_capture_on_commit_callbacks(execute=True):
        delete_leaving(at=NOW + TWO_WEEKS)
    again = UserFactory(email="ada@waymark.example", public_id=public_id)
    assert catch_up(at=NOW + TWO_WEEKS) == 1
    again.refresh_from_db()
    assert again.is_active is False
    clock.move_to(NOW + TWO_WEEKS)
    tidy()
    assert User.objects.filter(public_id=public_id).exists() is False


def test_a_company_that_somebody_else_uses_keeps_its_name_but_not_whose_it_was(ada, mallory, clock):
    alone, used = (CompanyFactory(approved_at=None, proposed_by=ada) for _ in range(2))
    ApplicationFactory(student=ada, company=alone)
    ApplicationFactory(student=mallory, company=used)
    leave(ada)
    delete_leaving(at=NOW + TWO_WEEKS)
    used.refresh_from_db()
    assert (type(alone).objects.filter(pk=alone.pk).exists(), used.proposed_by) == (False, None)


def test_the_browsers_of_a_deleted_account_are_signed_out(ada, mallory, clock):
    clients = {}
    for person in (ada, mallory):
        clients[person] = Client()
        clients[person].force_login(person)
    leave(ada)
    delete_leaving(at=NOW + TWO_WEEKS)
    assert [clients[person].get("/settings/data/").status_code for person in (ada, mallory)] == [302, 200]
    assert apps.get_model("sessions", "Session").objects.count() == 1


def test_the_command_says_what_went(ada, clock, capsys):
    leave(ada)
    clock.shift(TWO_WEEKS)
    call_command("retain", as_json=True)
    gone = json.loads(capsys.readouterr().out)
    assert gone["accounts whose two weeks to change one's mind are over"] == 1
    call_command("retain", as_json=True)
    assert set(json.loads(capsys.readouterr().out).values()) == {0}
