"""People made in code."""

import pytest
from django.db import IntegrityError

from accounts.actions import create_person
from accounts.models import User


def test_a_person_made_in_code_signs_in_at_once(client, db):
    create_person(email="Noor@Uni.Example", password="four quiet words", name="Noor", is_curator=True)
    client.post("/accounts/login/", {"login": "noor@uni.example", "password": "four quiet words"})
    assert client.get("/settings/profile/").status_code == 200
    assert User.objects.get().is_curator


def test_a_person_without_a_password_cannot_sign_in(client, db):
    create_person(email="noor@uni.example", password=None)
    assert client.post("/accounts/login/", {"login": "noor@uni.example", "password": "None"}).status_code == 422


def test_an_address_is_one_persons_in_any_case(ada):
    with pytest.raises(IntegrityError):
        User.objects.create(email="ADA@waymark.example")


def test_the_command_line_makes_somebody_with_every_right(db):
    user = User.objects.create_superuser("root@uni.example", "four quiet words")
    assert (user.is_staff, user.is_superuser, user.is_student) == (True, True, False)
    assert User.objects.get_by_natural_key(" ROOT@uni.example") == user


def test_a_person_needs_an_address(db):
    with pytest.raises(ValueError, match="e-mail address"):
        User.objects.create_user("")
