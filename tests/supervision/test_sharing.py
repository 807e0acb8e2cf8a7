"""The student's page of who sees what."""

import datetime as dt

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from supervision import actions
from supervision.models import Supervision
from tests.factories import NOW, ApplicationFactory, CompanyFactory, RoundFactory, SupervisionFactory


def cards(response):
    page = HTMLParser(response.content.decode())
    return [
        (card.css_first("h2").text(), card.css_first("input[name=level][checked]").attributes["value"])
        for card in page.css("section.card")
        if card.css_first("input[name=level]")
    ]


def test_each_supervisor_has_a_card_with_the_level_chosen(client_of, ada, grace, sam, share):
    share(ada, grace, "stages")
    share(ada, sam, "nothing")
    response = client_of(ada).get("/sharing/")
    assert cards(response) == [("Grace Lindqvist", "stages"), ("Sam Okafor", "nothing")]


def test_a_student_who_shares_with_no_one_reads_so(client_of, ada):
    assert "You share with no one" in client_of(ada).get("/sharing/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_the_same_queries_however_many_supervisors(
    client_of, ada, share, rows, django_assert_num_queries
):
    for supervision in [SupervisionFactory(student=ada) for _ in range(rows)]:
        actions.change_level(supervision=supervision, level="details", by=ada, at=NOW)
    client = client_of(ada)
    client.get("/sharing/")
    with django_assert_num_queries(8):
        assert len(cards(client.get("/sharing/"))) == rows


def test_inviting_says_what_happens_next(client_of, ada, clock):
    response = client_of(ada).post("/sharing/invite/", {"email": "prof@uni.example"}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [("/sharing/", 302)]
    assert "Invited. A mail goes to prof@uni.example. Nothing is shared yet." in page
    assert "The link works until 24 November 2026." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter your supervisor&#x27;s e-mail address"),
        ("prof@", "Enter an e-mail address, like name@university.example"),
        ("ada@waymark.example", "This is your own address. Enter your supervisor&#x27;s."),
        ("x" * 250 + "@uni.example", "Ensure this value has at most 254 characters (it has 262)."),
    ],
)
def test_a_refused_invitation_keeps_what_was_typed(client_of, ada, typed, said):
    response = client_of(ada).post("/sharing/invite/", {"email": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert HTMLParser(page).css_first("#id_email").attributes.get("value", "") == typed
    assert HTMLParser(page).css_first("title").text().startswith("Error: ")
    assert Supervision.objects.count() == 0


def test_a_double_click_invites_once_and_says_so(client_of, ada):
    client = client_of(ada)
    answers = [client.post("/sharing/invite/", {"email": "prof@uni.example"}).status_code for _ in range(2)]
    assert (answers, Supervision.objects.count()) == ([302, 422], 1)


def test_sharing_more_is_one_choice_and_one_button(client_of, ada, grace, share):
    supervision = share(ada, grace, "nothing")
    response = client_of(ada).post(f"/sharing/{supervision.public_id}/level/", {"level": "details"}, follow=True)
    assert "Saved. You share details with Grace Lindqvist." in response.content.decode()
    assert cards(response) == [("Grace Lindqvist", "details")]


@pytest.mark.parametrize("level", ["", "all", "Details"])
def test_a_level_that_does_not_exist_changes_nothing(client_of, ada, grace, share, level):
    supervision = share(ada, grace, "summary")
    response = client_of(ada).post(f"/sharing/{supervision.public_id}/level/", {"level": level})
    page = HTMLParser(response.content.decode())
    assert response.status_code == 422
    (link,) = page.css(".error-summary a")
    assert link.text() == "Choose one of the four levels."
    assert page.css_first(link.attributes["href"]).tag == "fieldset"
    assert cards(response) == [("Grace Lindqvist", "summary")]


def test_a_pending_invitation_has_no_level(client_of, ada):
    invited = actions.invite(student=ada, email="prof@uni.example", at=NOW)
    response = client_of(ada).post(f"/sharing/{invited.public_id}/level/", {"level": "details"})
    assert response.status_code == 422
    assert "Nobody accepted this invitation yet." in response.content.decode()


def test_ending_names_who_sees_nothing_now(client_of, ada, grace, share):
    supervision = share(ada, grace, "details")
    response = client_of(ada).post(f"/sharing/{supervision.public_id}/end/", follow=True)
    page = response.content.decode()
    assert "Ended. Grace Lindqvist sees nothing from now on." in page
    assert "You ended sharing with Grace Lindqvist." in page
    assert cards(response) == []


def test_an_invitation_can_be_withdrawn(client_of, ada, clock):
    invited = actions.invite(student=ada, email="prof@uni.example", at=NOW)
    client = client_of(ada)
    client.post(f"/sharing/{invited.public_id}/end/")
    assert client.get(f"/supervision/invitations/{invited.token}/").status_code == 404


def test_an_invitation_that_expired_says_so(client_of, ada, clock):
    actions.invite(student=ada, email="prof@uni.example", at=NOW)
    clock.move_to(NOW + dt.timedelta(days=14))
    assert "Not accepted in time." in client_of(ada).get("/sharing/").content.decode()


@pytest.mark.parametrize("verb", ["level", "end"])
@pytest.mark.parametrize("who", ["mallory", "grace"])
def test_nobody_else_changes_what_ada_shares(request, client_of, ada, grace, mallory, share, who, verb):
    supervision = share(ada, grace, "summary")
    client = client_of(request.getfixturevalue(who))
    response = client.post(f"/sharing/{supervision.public_id}/{verb}/", {"level": "details"})
    supervision.refresh_from_db()
    assert (response.status_code, supervision.level, supervision.ended_at) == (404, "summary", None)


def test_whoever_still_shares_reaches_the_page_without_the_role(client_of, ada, grace, share):
    share(ada, grace, "details")
    ada.is_student = False
    ada.save()
    assert client_of(ada).get("/sharing/").status_code == 200


def test_people_who_are_no_students_have_nothing_to_share(client_of, grace):
    assert client_of(grace).get("/sharing/").status_code == 403


def test_everything_that_changed_is_on_record(client_of, ada, grace, clock):
    invited = actions.invite(student=ada, email=grace.email, at=NOW)
    actions.accept(supervision=invited, by=grace, at=NOW)
    actions.change_level(supervision=invited, level="stages", by=ada, at=NOW)
    actions.end(supervision=invited, by=grace, at=NOW)
    page = HTMLParser(client_of(ada).get("/sharing/").content.decode())
    lines = [
        line.css_first("span").text(deep=False).strip() for line in page.css("section[aria-labelledby=changes] li")
    ]
    assert lines == [
        "Grace Lindqvist left. Sharing ended.",
        "You chose Stages for Grace Lindqvist.",
        "Grace Lindqvist accepted your invitation. Nothing was shared by that.",
        "You invited grace@waymark.example.",
    ]


def test_each_level_shows_a_sample_of_ones_own_and_nothing_that_is_hidden_from_somebody(
    client_of, clock, ada, grace, share, season
):
    supervision = share(ada, grace, "nothing")
    mine = ApplicationFactory(
        student=ada, company=CompanyFactory(name="Tidewater"), role="Speech intern", stage="interviewing"
    )
    RoundFactory(application=mine)
    page = client_of(ada).get("/sharing/").text
    for sample in (
        "Yours: 1 Interviewing. Week 7 of 18 in the window.",
        "Yours: Speech intern, Tidewater: Interviewing since 10 November 2026",
        "Yours: Research discussion, Thu 12 Nov, 15:00",
    ):
        assert sample in page
    actions.set_exception(supervision=supervision, application=mine, is_hidden=True, shows_pay=False, by=ada, at=NOW)
    page = client_of(ada).get("/sharing/").text
    assert "Yours: Speech intern" not in page
    assert "Yours: Research discussion" not in page
