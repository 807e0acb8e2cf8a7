"""A mail that is logged and tells of a step is asked about first; only a press takes the step."""

import datetime as dt
import re
from html import unescape

import pytest

from applications.actions.stages import move
from applications.models import Application, Undo
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory
from tests.html_forms import Reader

HTMX = {"HX-Request": "true"}
INVITED = (
    "Date: Fri, 6 Nov 2026 10:00\nDear Ada,\nwe at Tidewater would like to invite you to an interview with our research"
    " team. Which day suits you?\nBest\nJo"
)
REFUSED = "Dear Ada, after careful review Tidewater has decided not to move forward with your application. Regards, Jo"


@pytest.fixture
def application(ada):
    return ApplicationFactory(
        student=ada, company=CompanyFactory(name="Tidewater"), stage="applied", stage_since=dt.date(2026, 10, 20)
    )


@pytest.fixture
def log(application, ada, client_of, clock, season):
    def send(text=INVITED, kind="email", headers=None, **more):
        sent = {"text": text, "kind": kind, "is_shared": "", **more}
        return client_of(ada).post(f"/applications/{application.public_id}/events/", sent, headers=headers or {})

    return send


def asked(page):
    found = re.search(r'<div class="reads-like".*?</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", unescape(found[0])).split()) if found else ""


def composer(page):
    (form,) = [one for one in Reader(page, "/").forms if one.action.endswith("/events/")]
    return form.hidden() | {one.name: one.value for one in form.typed}


def standing(application):
    application.refresh_from_db()
    return application.stage, application.outcome, application.stage_since, application.events.count()


@pytest.mark.parametrize("headers", [None, HTMX], ids=["plain", "htmx"])
def test_a_mail_that_tells_of_a_step_is_shown_again_with_the_step(application, log, headers):
    before = standing(application)
    response = log(headers=headers)
    assert response.status_code == 409
    assert asked(response.text) == "This reads like Interviewing on 6 November 2026."
    assert INVITED in unescape(response.text)
    assert re.findall(r'name="suggested" value="(\w+)"', response.text) == ["use", "log"]
    assert standing(application) == before


def test_taking_it_logs_the_mail_and_moves_the_application_on_that_day(application, log):
    sent = composer(log().text)
    response = log(
        **{name: values[0] if isinstance(values, list) else values for name, values in sent.items()}
        | {"suggested": "use"}
    )
    assert response.headers["Location"] == f"/applications/{application.public_id}/#timeline"
    stage, _, since, _ = standing(application)
    assert (stage, since) == ("interviewing", dt.date(2026, 11, 6))
    entries = list(application.events.filter(on=since).order_by("pk").values_list("kind", "text", "stage"))
    assert entries == [("email", INVITED, ""), ("stage", "", "interviewing")]


def test_it_is_taken_back_in_one(application, log, ada, client_of):
    before = standing(application)
    log(suggested="use", entered="interviewing", on="2026-11-06")
    undo = Undo.objects.get()
    client_of(ada).post(f"/undo/{undo.public_id}/")
    assert standing(application) == before


def test_with_htmx_the_page_is_loaded_anew_for_its_head_has_changed(log):
    response = log(headers=HTMX, suggested="use", entered="interviewing", on="2026-11-06")
    assert (response.status_code, response.headers["HX-Refresh"]) == (204, "true")


@pytest.mark.parametrize("headers", [None, HTMX], ids=["plain", "htmx"])
def test_only_logging_it_moves_nothing(application, log, headers):
    response = log(suggested="log", entered="interviewing", on="2026-11-06", headers=headers)
    assert response.status_code == (200 if headers else 302)
    assert standing(application)[0] == "applied"
    assert application.events.get(kind="email").on == dt.date(2026, 11, 6)


def test_a_refusal_closes_gently_and_only_when_told(application, log):
    page = log(text=REFUSED).text
    assert asked(page) == "This reads like Closed: not this time on 10 November 2026."
    log(text=REFUSED, suggested="use", entered="closed:not_this_time", on=TODAY.isoformat())
    assert standing(application)[:3] == ("closed", "not_this_time", TODAY)


@pytest.mark.parametrize("entered", ["", "nowhere", "closed:accepted", "\0"])
def test_a_step_that_is_none_is_refused_and_nothing_is_half_written(application, log, entered):
    before = standing(application)
    response = log(suggested="use", entered=entered, on="2026-11-06")
    assert (response.status_code, "Choose a stage from the list." in response.text) == (422, True)
    assert INVITED in unescape(response.text)
    assert standing(application) == before


@pytest.mark.parametrize(
    ("kind", "text", "is_asked"),
    [
        ("note", INVITED, True),
        ("note", "They would like to invite me to an interview with the research team, says Priya.", False),
        ("call", INVITED, False),
        ("interview", INVITED, False),
        ("email", "Wrote to Jo and asked when they decide about interviews.", False),
    ],
)
def test_only_what_looks_like_a_mail_is_read(log, kind, text, is_asked):
    assert log(text=text, kind=kind).status_code == (409 if is_asked else 302)


@pytest.mark.parametrize("stage", ["interviewing", "offer"])
def test_a_step_that_was_taken_already_is_not_asked_about(application, log, ada, stage):
    move(application=application, to=stage, by=ada, at=NOW, on=TODAY)
    assert log().status_code == 302


def test_the_step_is_never_before_the_one_it_follows(application, log, ada):
    Application.objects.filter(pk=application.pk).update(stage_since=dt.date(2026, 11, 9))
    assert asked(log().text) == "This reads like Interviewing on 9 November 2026."


def test_a_mail_about_another_company_says_so_and_leads_there(application, log, ada, mallory):
    other = ApplicationFactory(student=ada, company=CompanyFactory(name="Kestrel Robotics"), stage="applied")
    ApplicationFactory(student=mallory, company=CompanyFactory(name="Veridian"), stage="applied")
    page = log(text=INVITED.replace("Tidewater", "KestrelRobotics and Veridian")).text
    assert asked(page).endswith("It does not name Tidewater, but Kestrel Robotics: open that one")
    assert f'href="/applications/{other.public_id}/"' in page.partition('class="reads-like"')[2]


def test_somebody_elses_application_is_not_there(application, mallory, client_of, clock):
    sent = {"text": INVITED, "kind": "email", "suggested": "use", "entered": "interviewing"}
    assert client_of(mallory).post(f"/applications/{application.public_id}/events/", sent).status_code == 404
