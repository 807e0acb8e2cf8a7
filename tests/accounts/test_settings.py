"""Profile and appearance."""

import datetime as dt

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

PROFILE, APPEARANCE = "/settings/profile/", "/settings/appearance/"
TYPED = {"name": "Ada W", "time_zone": "America/New_York", "phd_started_on": "2023-10-01"}


def test_a_profile_is_saved_and_shown(client_of, ada):
    response = client_of(ada).post(PROFILE, TYPED, follow=True)
    ada.refresh_from_db()
    assert (ada.name, ada.time_zone, ada.phd_started_on) == ("Ada W", "America/New_York", dt.date(2023, 10, 1))
    page = HTMLParser(response.content.decode())
    assert response.redirect_chain == [(PROFILE, 302)]
    assert page.css_first("#id_name").attributes["value"] == "Ada W"
    assert page.css_first("#id_time_zone option[selected]").attributes["value"] == "America/New_York"
    assert page.css_first("#id_phd_started_on").attributes["value"] == "2023-10-01"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Enter your name"),
        ({"name": "x" * 121}, "Ensure this value has at most 120 characters (it has 121)."),
        ({"time_zone": "Mars/Olympus"}, "Choose a time zone from the list."),
        ({"time_zone": "Etc/GMT+12"}, "Choose a time zone from the list."),
        ({"time_zone": ""}, "Choose your time zone"),
        ({"phd_started_on": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"phd_started_on": "9999-12-31"}, "Enter a day between 1990 and 2100."),
        ({"phd_started_on": "soon"}, "Enter the day your PhD started, like 1 10 2024."),
    ],
)
def test_a_refused_profile_changes_nothing(client_of, ada, wrong, said):
    response = client_of(ada).post(PROFILE, TYPED | wrong)
    page = HTMLParser(response.content.decode())
    assert (response.status_code, [link.text() for link in page.css(".error-summary a")]) == (422, [said])
    assert page.css_first("title").text().startswith("Error: ")
    ada.refresh_from_db()
    assert (ada.name, ada.time_zone) == ("Ada Whitlock", "Europe/London")
    assert "Account menu for Ada Whitlock" in response.content.decode()


@pytest.mark.parametrize("field", ["is_curator", "is_staff", "is_superuser", "is_supervisor", "email", "password"])
def test_a_profile_takes_no_other_field(client_of, ada, field):
    before = getattr(ada, field)
    client_of(ada).post(PROFILE, TYPED | {field: "on"})
    ada.refresh_from_db()
    assert getattr(ada, field) == before


def test_a_student_alone_cannot_stop_being_one(client_of, ada):
    client = client_of(ada)
    assert HTMLParser(client.get(PROFILE).content.decode()).css_first("#id_is_student") is None
    client.post(PROFILE, TYPED)
    ada.refresh_from_db()
    assert ada.is_student


@pytest.mark.parametrize("wanted", [True, False])
def test_a_supervisor_says_whether_they_search_themselves(client_of, grace, wanted):
    client_of(grace).post(PROFILE, TYPED | ({"is_student": "on"} if wanted else {}))
    grace.refresh_from_db()
    assert (grace.is_student, grace.is_supervisor) == (wanted, True)


@pytest.mark.parametrize(("theme", "attribute"), [("dark", "dark"), ("light", "light"), ("system", None)])
def test_a_theme_is_in_the_first_byte_of_every_page_also_signed_out(client_of, ada, theme, attribute):
    client = client_of(ada)
    response = client.post(APPEARANCE, {"theme": theme, "shortcuts": "on"})
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["httponly"], cookie["max-age"]) == (
        theme,
        "Lax",
        True,
        31_536_000,
    )
    shown = [HTMLParser(client.get(APPEARANCE).content.decode()).css_first("html").attributes.get("data-bs-theme")]
    client.post("/accounts/logout/")
    page = client.get("/accounts/login/").content.decode()
    shown.append(HTMLParser(page).css_first("html").attributes.get("data-bs-theme"))
    assert shown == [attribute, attribute]


@pytest.mark.parametrize(("typed", "off"), [({}, "off"), ({"shortcuts": "on"}, None)])
def test_single_keys_can_be_switched_off(client_of, ada, typed, off):
    page = client_of(ada).post(APPEARANCE, {"theme": "system"} | typed, follow=True).content.decode()
    assert HTMLParser(page).css_first("html").attributes.get("data-shortcuts") == off


@pytest.mark.parametrize("theme", ["", "sepia", "<script>"])
def test_a_theme_that_does_not_exist_is_refused(client_of, ada, theme):
    response = client_of(ada).post(APPEARANCE, {"theme": theme})
    ada.refresh_from_db()
    assert (response.status_code, ada.theme, "theme" in response.cookies) == (422, "system", False)


def test_dates_are_in_the_persons_own_zone(client_of, ada, sam, clock):
    from supervision import actions
    from tests.factories import NOW

    actions.invite(student=ada, email="prof@uni.example", at=NOW)
    ada.time_zone = "Asia/Tokyo"
    ada.save()
    assert "Tue 10 Nov, 18:00 JST" in client_of(ada).get("/sharing/").content.decode()
