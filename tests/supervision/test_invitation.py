"""The page behind the link of an invitation."""

import datetime as dt

import pytest

from supervision import actions
from supervision.models import Supervision
from tests.factories import NOW


@pytest.fixture
def invited(ada, clock):
    return actions.invite(student=ada, email="prof@uni.example", at=NOW)


@pytest.fixture
def link(invited):
    return f"/supervision/invitations/{invited.token}/"


def test_a_stranger_with_the_link_reads_who_invites_and_how_to_go_on(client, link):
    page = client.get(link).content.decode()
    assert "Ada Whitlock invites you" in page
    assert f'href="/accounts/login/?next={link}"' in page
    assert f'href="/accounts/signup/?next={link}"' in page


def test_looking_changes_nothing(client_of, sam, link):
    client_of(sam).get(link)
    assert Supervision.objects.get().supervisor is None


def test_a_stranger_cannot_accept(client, link):
    response = client.post(link)
    assert (response.status_code, response.headers["Location"]) == (302, link)
    assert Supervision.objects.get().supervisor is None


def test_accepting_leads_to_the_students_page_that_is_still_empty(client_of, sam, link):
    client = client_of(sam)
    response = client.post(link, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/supervision/", 302)]
    assert "Accepted. Ada Whitlock now decides what you see." in page
    assert "No one shares with you yet" in page
    assert client.get(link).status_code == 404


def test_whoever_signs_in_on_the_way_comes_back_to_the_invitation(client, sam, link, password):
    response = client.post(f"/accounts/login/?next={link}", {"login": sam.email, "password": password})
    assert response.headers["Location"] == link


def test_the_student_reads_that_it_is_their_own(client_of, ada, link):
    client = client_of(ada)
    assert "This is your own invitation." in client.get(link).content.decode()
    assert client.post(link).status_code == 422


def test_a_second_supervision_of_the_same_student_is_refused_in_words(client_of, ada, grace, link, share):
    share(ada, grace, "summary")
    response = client_of(grace).post(link)
    assert response.status_code == 422
    assert "You supervise Ada Whitlock already." in response.content.decode()


@pytest.mark.parametrize("token", ["x", "0" * 64, "a-b_c"])
def test_a_guessed_link_is_404(client, db, token):
    assert client.get(f"/supervision/invitations/{token}/").status_code == 404


def test_the_stored_hash_opens_nothing(client, invited):
    assert client.get(f"/supervision/invitations/{invited.token_hash}/").status_code == 404


def test_after_two_weeks_the_link_is_404(client, link, clock):
    clock.move_to(NOW + dt.timedelta(days=14))
    assert client.get(link).status_code == 404
