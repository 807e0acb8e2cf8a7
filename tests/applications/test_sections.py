import datetime as dt
import re

import pytest

from applications.actions.editing import edit_application
from applications.forms.edit import SECTIONS, ApplicationForm
from applications.models import Event
from companies.models import Team
from tests.factories import NOW, ApplicationFactory, CompanyFactory
from tests.words import said
from tracker.lib.errors import DomainError

HTMX = {"HX-Request": "true"}


@pytest.fixture
def kestrel(ada, season):
    company = CompanyFactory(name="Kestrel Robotics")
    return ApplicationFactory(
        student=ada, company=company, role="Robot Learning Intern", place="Leeds", season=season, way_in="asked",
        team=Team.objects.create(company=company, name="Control", slug="control"), referrer="Priya", on_hold=True,
        closes_on=dt.date(2026, 11, 30), tags=["robots", "control"], could_become=["paper"], closeness="close",
        reasons=["city", "skills"], notes="Mine", posting_text="We look for you.", next_step="Ask Priya",
        next_step_on=dt.date(2026, 11, 12), weeks=17, starts_from=dt.date(2027, 6, 1), hours="full",
    )  # fmt: skip


def url(application, section=""):
    return f"/applications/{application.public_id}/" + (f"edit/{section}/" if section else "")


def typed(application, section, **more):
    """What the form of a section sends back when only `more` was changed: what a browser reads out of its HTML."""
    form = ApplicationForm(instance=application, section=SECTIONS[section])
    sent = {}
    for field in form:
        value = field.value()
        if isinstance(value, bool):
            value = "on" if value else None
        if value is not None:
            sent[field.html_name] = value
    for name, value in re.findall(r'name="(initial-[^"]+)"(?: value="([^"]*)")?', str(form.seen_inputs())):
        sent[name] = value.replace("&#x27;", "'")
    return {name: value for name, value in {**sent, **more}.items() if value is not None}


CHANGES = {
    "next": ({"next_step": "Ask Tom"}, {"next_step": "Ask Tom"}),
    "way-in": ({"referrer": "Tom", "on_hold": None}, {"referrer": "Tom", "on_hold": False}),
    "fit": (
        {"closeness": "not", "could_become": ["thesis", "paper"]},
        {"closeness": "not", "could_become": ["paper", "thesis"]},
    ),
    "facts": ({"tags": "robots, Sim, sim", "weeks": "20"}, {"tags": ["robots", "Sim"], "weeks": 20}),
    "posting": ({"posting_text": "Other\r\nwords"}, {"posting_text": "Other\nwords"}),
    "notes": ({"notes": "Other"}, {"notes": "Other"}),
}  # fmt: skip
WRONG = {
    "next": ({"next_step_on": "soon"}, "Enter the day, like 30 11 2026"),
    "way-in": ({"way_in": "bribe"}, "Choose one from the list."),
    "fit": ({"team_id": "0"}, "Choose one from the list."),
    "facts": ({"tags": ",".join("abcdefghijk")}, "Use at most 10 tags; this has 11."),
    "posting": ({"posting_text": "a\0b"}, "Enter plain text."),
    "notes": ({"notes": "x" * 20_001}, "Use at most 20000 characters; this has 20001."),
}


def values(application, names):
    application.refresh_from_db()
    return {name: getattr(application, name) for name in names}


def test_each_field_that_is_edited_is_in_one_section():
    fields = [name for section in SECTIONS.values() for name in section.fields]
    assert sorted(fields) == sorted(name for name in ApplicationForm.base_fields if name != "version")


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_opens_in_its_place_or_as_a_page(kestrel, ada, client_of, clock, section):
    client = client_of(ada)
    whole, part = client.get(url(kestrel, section)), client.get(url(kestrel, section), headers=HTMX)
    assert ("<html" in whole.text, "hx-post" in whole.text.partition("<main")[2].partition("</main>")[0]) == (
        True,
        False,
    )
    assert ("<html" in part.text, f'id="section-{section}"' in part.text, "hx-post" in part.text) == (False, True, True)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_section_is_saved_and_taken_back(kestrel, ada, client_of, clock, section, htmx):
    client, (change, after) = client_of(ada), CHANGES[section]
    before = values(kestrel, after)
    answer = client.post(url(kestrel, section), typed(kestrel, section, **change), headers=HTMX if htmx else {})
    if not htmx:
        assert answer.headers["Location"] == f"{url(kestrel)}#{section}"
        answer = client.get(url(kestrel))
    assert (answer.status_code, "Saved." in answer.text, f'id="section-{section}"' in answer.text) == (200, True, True)
    assert values(kestrel, after) == after
    client.post(re.search(r'action="(/undo/[^"]+)"', answer.text)[1])
    assert values(kestrel, after) == before


def test_saving_by_htmx_tells_the_head_of_the_page_anew(kestrel, ada, client_of, clock):
    answer = client_of(ada).post(url(kestrel, "facts"), typed(kestrel, "facts", place="Kyoto"), headers=HTMX).text
    head = answer.partition('id="app-head" hx-swap-oob="outerHTML"')[2]
    assert ("Kyoto" in head, 'id="toast" hx-swap-oob' in answer, 'id="live" hx-swap-oob' in answer) == (
        True,
        True,
        True,
    )


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_section_refused_says_why_and_keeps_what_was_typed(kestrel, ada, client_of, clock, section, htmx):
    wrong, sentence = WRONG[section]
    response = client_of(ada).post(
        url(kestrel, section), typed(kestrel, section, **wrong), headers=HTMX if htmx else {}
    )
    assert (response.status_code, sentence in response.text, "There is a problem" in response.text) == (422, True, True)
    assert ("<html" in response.text, values(kestrel, ["version"])) == (not htmx, {"version": 1})


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_section_shows_both_values(kestrel, ada, client_of, clock, section, htmx):
    client, (change, after) = client_of(ada), CHANGES[section]
    mine = typed(kestrel, section, **change)
    other = {name: _other(name) for name in after}
    edit_application(application=kestrel, details=other, version=1, by=ada, at=NOW)
    response = client.post(url(kestrel, section), mine, headers=HTMX if htmx else {})
    assert (response.status_code, "<html" in response.text) == (409, not htmx)
    assert (response.text.count("<b>Yours</b>"), response.text.count("<b>Saved</b>")) == (len(after), len(after))
    assert f'action="{url(kestrel, section)}"' in response.text
    assert values(kestrel, after) == other
    chosen = {name: value for name, value in _hidden(response) if name not in after}
    again = client.post(url(kestrel, section), {**chosen, **{n: v for n, v in mine.items() if n in after}})
    assert (again.status_code, values(kestrel, after)) == (302, after)


def _other(name):
    others = {"on_hold": True, "closeness": "partly", "could_become": ["patent"], "tags": ["other"], "weeks": 6}
    return others.get(name, "From another tab")


def _hidden(response):
    return re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', response.text)


def test_two_tabs_with_two_sections_do_not_get_in_each_others_way(kestrel, ada, client_of, clock):
    client = client_of(ada)
    notes = typed(kestrel, "notes", notes="Theirs")
    place = typed(kestrel, "facts", place="Kyoto")
    weeks = typed(kestrel, "facts", weeks="20")
    answers = [
        client.post(url(kestrel, s), t).status_code for s, t in (("notes", notes), ("facts", place), ("facts", weeks))
    ]
    assert answers == [302, 302, 302]
    assert values(kestrel, ["notes", "place", "weeks"]) == {"notes": "Theirs", "place": "Kyoto", "weeks": 20}


@pytest.mark.parametrize("htmx", [False, True])
def test_the_second_click_on_save_is_no_conflict(kestrel, ada, client_of, clock, htmx):
    client, mine = client_of(ada), typed(kestrel, "notes", notes="Once")
    answers = [client.post(url(kestrel, "notes"), mine, headers=HTMX if htmx else {}).status_code for _ in range(2)]
    assert (answers, values(kestrel, ["version"])) == ([200, 204] if htmx else [302, 302], {"version": 2})


def test_saving_a_section_without_a_change_records_nothing(kestrel, ada, client_of, clock):
    answer = client_of(ada).post(url(kestrel, "fit"), typed(kestrel, "fit"), headers=HTMX)
    assert ("Saved. Nothing was different." in answer.text, "/undo/" in answer.text) == (True, False)
    assert (values(kestrel, ["version"]), Event.objects.filter(kind="edit").count()) == ({"version": 1}, 0)


def test_cancelling_shows_the_section_as_it_stands(kestrel, ada, client_of, clock):
    client = client_of(ada)
    for section in SECTIONS:
        part = client.get(f"{url(kestrel)}?section={section}", headers=HTMX).text
        assert ("<html" in part, f'id="section-{section}"' in part, "data-focus" in part) == (False, True, True)
    assert "<html" in client.get(f"{url(kestrel)}?section=fit").text


@pytest.mark.parametrize("section", ["stage", "version", "x" * 5_000, "%00", "%F0%9F%98%80"])
def test_there_is_no_other_section(kestrel, ada, client_of, section):
    assert client_of(ada).get(url(kestrel, section)).status_code == 404


def test_nobody_else_finds_a_section(kestrel, mallory, grace, cora, admin, client_of):
    people = (mallory, grace, cora, admin)
    answers = [client_of(who).post(url(kestrel, s), typed(kestrel, s)).status_code for who in people for s in SECTIONS]
    assert (set(answers), values(kestrel, ["version"])) == ({404}, {"version": 1})


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("body", [{}, {"version": "1"}, {"version": "\0"}, {"version": "9" * 500}])
def test_a_section_sent_with_nothing_changes_nothing(kestrel, ada, client_of, clock, section, body):
    before = values(kestrel, [field.attname for field in kestrel._meta.concrete_fields])
    assert client_of(ada).post(url(kestrel, section), body).status_code in {302, 409, 422}
    assert values(kestrel, before) == before


def test_a_team_of_another_company_is_refused(kestrel):
    team = Team.objects.create(company=CompanyFactory(), name="Other", slug="other")
    with pytest.raises(DomainError, match="one of the company's own teams"):
        edit_application(application=kestrel, details={"team_id": team.pk}, version=1, by=kestrel.student, at=NOW)


@pytest.mark.parametrize("tags", [["a"] * 11, ["a" * 41]])
def test_the_action_knows_the_limits_of_tags(kestrel, tags):
    with pytest.raises(DomainError, match="Use at most 10 tags of at most 40 characters"):
        edit_application(application=kestrel, details={"tags": tags}, version=1, by=kestrel.student, at=NOW)


@pytest.mark.parametrize("teams", [1, 30])
def test_a_section_asks_a_fixed_number_of_questions(kestrel, ada, client_of, django_assert_num_queries, clock, teams):
    for n in range(teams):
        Team.objects.create(company=kestrel.company, name=f"Team {n}", slug=f"team-{n}")
    client = client_of(ada)
    client.get(url(kestrel, "fit"), headers=HTMX)
    with django_assert_num_queries(4):  # session, person, application, teams
        client.get(url(kestrel, "fit"), headers=HTMX)


def test_a_page_without_javascript_says_what_it_is(kestrel, ada, client_of, clock):
    page = client_of(ada).get(url(kestrel, "way-in"))
    assert "<title>Your way in, Robot Learning Intern " in page.text
    assert "Kestrel Robotics / Your way in Your way in Referral" in said(page)
