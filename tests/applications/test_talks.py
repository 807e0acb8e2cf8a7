"""Team matching: several conversations within one application, at most one matched."""

import pytest

from applications.models import Event, TeamTalk, Undo
from companies.models import Team
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said


@pytest.fixture
def application(ada):
    return ApplicationFactory(student=ada, stage="interviewing", company=CompanyFactory(name="Northlight Labs"))


def new(application):
    return f"/applications/{application.public_id}/teams/new/"


def typed(**more):
    empty = dict.fromkeys(("team", "people", "project", "link", "talked_on", "interest", "notes"), "")
    return {**empty, "name": "Geometry", "state": "to_talk", **more}


def seen(talk, **more):
    values = {
        "team": talk.team_id or "",
        **{name: getattr(talk, name) for name in ("name", "people", "project", "link", "state", "interest", "notes")},
        "talked_on": talk.talked_on.isoformat() if talk.talked_on else "",
    }
    return {**values, **{f"initial-{n}": value for n, value in values.items()}, "version": talk.version, **more}


def talk(application, name="Geometry", **more):
    return TeamTalk.objects.create(application=application, name=name, **more)


def page(talk, rest="edit/"):
    return f"/teams/{talk.public_id}/{rest}"


def test_several_teams_are_kept_within_one_application(application, ada, client_of, clock):
    client = client_of(ada)
    for name in ("Geometry", "Robots", "Robots"):
        response = client.post(new(application), typed(name=name, project="Meshes", interest="keen"))
        assert response.headers["Location"] == f"/applications/{application.public_id}/#teams"
    assert list(application.team_talks.order_by("pk").values_list("name", flat=True)) == ["Geometry", "Robots"]


def test_a_team_of_the_companys_list_brings_its_name(application, ada, client_of, clock):
    team = Team.objects.create(company=application.company, name="Tides", slug="tides")
    other = Team.objects.create(company=CompanyFactory(), name="Elsewhere", slug="elsewhere")
    client = client_of(ada)
    client.post(new(application), typed(team=team.pk, name=""))
    assert list(application.team_talks.values_list("team", "name")) == [(team.pk, "Tides")]
    response = client.post(new(application), typed(team=other.pk))
    assert (response.status_code, "Choose one from the list." in response.text) == (422, True)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Choose a team, or enter its name"),
        ({"name": "x" * 161}, "Use at most 160 characters; this has 161."),
        ({"name": "a\0b"}, "Enter plain text."),
        ({"team": "x"}, "Choose one from the list."),
        ({"team": "9" * 30}, "Choose one from the list."),
        ({"team": "\0"}, "Null characters are not allowed."),
        ({"state": "won"}, "Choose one from the list."),
        ({"interest": "love"}, "Choose one from the list."),
        ({"talked_on": "soon"}, "Enter the day, like 30 11 2026"),
        ({"link": "javascript:alert(1)"}, "Enter a full web address"),
        ({"notes": "x" * 5_001}, "Use at most 5000 characters; this has 5001."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(application, ada, client_of, clock, wrong, sentence):
    response = client_of(ada).post(new(application), typed(project="Neural operators", **wrong))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert ("There is a problem" in response.text, "Neural operators" in response.text) == (True, True)
    assert application.team_talks.count() == 0


def test_a_match_is_told_in_the_timeline_and_there_is_one(application, ada, client_of, clock):
    first, second, client = talk(application), talk(application, "Robots"), client_of(ada)
    client.post(page(first), seen(first, state="matched"))
    response = client.post(page(second), seen(second, state="matched"))
    assert response.status_code == 422
    assert "Geometry is matched already. Change that one first." in response.text
    first.refresh_from_db()
    client.post(page(first), seen(first, state="not_this_one"))
    assert client.post(page(second), seen(second, state="matched")).status_code == 302
    texts = list(Event.objects.filter(kind="round").order_by("pk").values_list("text", flat=True))
    assert texts == ["Matched with Geometry", "No longer matched with Geometry", "Matched with Robots"]


def test_an_older_tab_is_shown_both_and_the_second_click_is_no_conflict(application, ada, client_of, clock):
    one, client = talk(application), client_of(ada)
    form = seen(one, people="Dr Hana Sato")
    assert [client.post(page(one), form).status_code for _ in range(2)] == [302, 302]
    response = client.post(page(one), seen(one, people="Jo Lindgren", version=1))
    assert (response.status_code, "Names Yours Jo Lindgren Saved Dr Hana Sato" in said(response)) == (409, True)


def test_a_team_that_is_deleted_comes_back_with_undo(application, ada, client_of, clock):
    one, client = talk(application, notes="Ask about data"), client_of(ada)
    client.post(page(one, "delete/"))
    assert (application.team_talks.count(), client.post(page(one, "delete/")).status_code) == (0, 404)
    client.post(f"/undo/{Undo.objects.get().public_id}/")
    assert application.team_talks.get().notes == "Ask about data"


def test_the_page_of_the_application_lists_the_teams_once_matching_is_near(application, ada, client_of, clock):
    client, here = client_of(ada), f"/applications/{application.public_id}/"
    assert "Team matching" not in client.get(here).text
    RoundFactory(application=application, kind="team_match")
    assert "Several teams may want to talk." in client.get(here).text
    talk(application, project="Neural operators", interest="keen", state="interested")
    assert "Geometry Neural operators First choice They are interested" in said(client.get(here))


@pytest.mark.parametrize("rows", [1, 30])
def test_teams_add_no_query_to_the_page(application, ada, client_of, django_assert_max_num_queries, clock, rows):
    for n in range(rows):
        talk(application, f"Team {n}")
    client = client_of(ada)
    with django_assert_max_num_queries(8):
        client.get(f"/applications/{application.public_id}/")


def test_nobody_else_reaches_a_team(application, mallory, grace, cora, admin, client_of):
    one, people = talk(application), (mallory, grace, cora, admin)
    assert [client_of(who).get(page(one)).status_code for who in people] == [404] * 4
    for url in (page(one), page(one, "delete/"), new(application)):
        assert [client_of(who).post(url, typed()).status_code for who in people] == [404] * 4
    assert application.team_talks.get().version == 1
