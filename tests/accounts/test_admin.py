"""People in the raw tables: for staff alone, roles only, and nothing private beside them."""

import pytest
from django.apps import apps
from django.contrib import admin

from tests.factories import UserFactory

LIST = "/manage/accounts/user/"
PRIVATE_APPS = {"applications", "supervision", "reminders", "webhooks", "sessions"}
# What to prepare is nobody's own; of a department there are its name and who reads its sums, kept by the staff.
KEPT = {"applications.PrepSet", "supervision.Department"}


def roles(**changed):
    known = {"is_active": "on", "is_student": "on"} | changed
    return {name: value for name, value in known.items() if value}


@pytest.fixture
def helper(db):
    return UserFactory(email="helper@waymark.example", is_student=False, is_staff=True, phd_started_on=None)


def test_no_private_model_is_in_the_raw_tables():
    registered = {model._meta.label for model in admin.site._registry}
    private = {model._meta.label for model in apps.get_models() if model._meta.app_label in PRIVATE_APPS}
    assert registered & private == KEPT


@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("helper", 200), ("cora", 403), ("ada", 404)])
def test_staff_alone_see_people(request, client_of, who, status):
    assert client_of(request.getfixturevalue(who)).get(LIST).status_code == status


def test_curators_are_not_shown_that_people_exist(client_of, cora):
    assert "/manage/accounts/" not in client_of(cora).get("/manage/").content.decode()


def test_staff_make_curators_and_switch_accounts_off(client_of, helper, ada):
    client_of(helper).post(f"{LIST}{ada.pk}/change/", roles(is_curator="on", is_active=""))
    ada.refresh_from_db()
    assert (ada.is_curator, ada.is_active, ada.is_student) == (True, False, True)


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "email", "password"])
def test_staff_do_not_make_staff_nor_change_who_somebody_is(client_of, helper, ada, field):
    before = getattr(ada, field)
    client_of(helper).post(f"{LIST}{ada.pk}/change/", roles(**{field: "on"}))
    ada.refresh_from_db()
    assert getattr(ada, field) == before


def test_superusers_make_staff_but_cannot_lock_themselves_out(client_of, admin, ada):
    client = client_of(admin)
    client.post(f"{LIST}{ada.pk}/change/", roles(is_staff="on"))
    client.post(f"{LIST}{admin.pk}/change/", roles(is_active=""))
    for person in (ada, admin):
        person.refresh_from_db()
    assert (ada.is_staff, admin.is_active, admin.is_staff) == (True, True, True)


def test_staff_do_not_touch_superusers(client_of, helper, admin):
    assert client_of(helper).post(f"{LIST}{admin.pk}/change/", roles(is_active="")).status_code == 403


@pytest.mark.parametrize("path", ["add/", "{pk}/delete/"])
def test_nobody_is_added_or_deleted_here(client_of, admin, ada, path):
    assert client_of(admin).post(LIST + path.format(pk=ada.pk), {"post": "yes"}).status_code == 403


def test_people_are_found_by_name(client_of, admin, ada, mallory):
    page = client_of(admin).get(f"{LIST}?q=whitlock").content.decode()
    assert (ada.email in page, mallory.email in page) == (True, False)
