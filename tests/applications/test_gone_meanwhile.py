"""What every button answers when its application is deleted between the click and the change: 404, and nothing else."""

import pytest
from django.db import connection

from applications.models import Made, Placement, PlacementEntry, PrepItem, Requirement, TeamTalk
from tests.factories import TODAY, ApplicationFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def things(ada, season):
    return make_things(ada)


def make_things(student):
    """Return an accepted application with something to press in every part."""
    application = ApplicationFactory(student=student, stage="offer", outcome="accepted", next_step="Write to Priya")
    one = RoundFactory(application=application)
    placement = Placement.objects.create(application=application)
    return {
        "application": application,
        "round": one,
        "line": PrepItem.objects.create(round=one, text="Read the paper"),
        "requirement": Requirement.objects.create(application=application, text="A PhD under way"),
        "talk": TeamTalk.objects.create(application=application, name="Tides"),
        "entry": PlacementEntry.objects.create(placement=placement, on=TODAY, text="Met"),
        "made": Made.objects.create(placement=placement, title="A poster"),
        "event": application.events.get(),
    }


PRESSES = {
    "rounds/new": ("/applications/{application}/rounds/new/", {"kind": "research", "zone": "Europe/London"}),
    "round": ("/rounds/{round}/delete/", {}),
    "plan": ("/rounds/{round}/prep/", {"text": "Sleep"}),
    "set": ("/rounds/{round}/prep/set/", {}),
    "spread": ("/rounds/{round}/prep/spread/", {}),
    "tick": ("/prep/{line}/tick/", {"done": "1"}),
    "debrief": ("/rounds/{round}/debrief/", {"went_well": "Calm", "version": "0"}),
    "requirements": ("/applications/{application}/requirements/", {"lines": "Python"}),
    "meets": ("/requirements/{requirement}/meets/", {"meets": "yes"}),
    "requirement": ("/requirements/{requirement}/delete/", {}),
    "talk": ("/applications/{application}/teams/new/", {"name": "Waves"}),
    "talk away": ("/teams/{talk}/delete/", {}),
    "log": ("/applications/{application}/events/", {"kind": "note", "text": "Met", "on": "2026-11-10"}),
    "earlier": ("/applications/{application}/events/new/", {"entered": "applied", "on": "2026-11-09"}),
    "event": ("/events/{event}/delete/", {}),
    "next": ("/applications/{application}/next/done/", {}),
    "offer": ("/applications/{application}/offer/", {"project": "Tides"}),
    "stage": ("/applications/{application}/stage/", {"stage": "applied"}),
    "close": ("/applications/{application}/close/", {"outcome": "withdrew"}),
    "edit": ("/applications/{application}/edit/", {"place": "Lisbon"}),
    "section": ("/applications/{application}/edit/notes/", {"notes": "Lisbon"}),
    "round again": ("/rounds/{round}/edit/", {"people": "Jo"}),
    "talk again": ("/teams/{talk}/edit/", {"name": "Waves"}),
    "copy": ("/applications/{application}/duplicate/", {}),
    "placement": ("/applications/{application}/placement/edit/", {"mentor": "Priya", "version": "1"}),
    "entry": ("/applications/{application}/placement/log/", {"kind": "mentor", "text": "Met", "on": "2026-11-10"}),
    "made": ("/applications/{application}/placement/made/", {"kind": "paper", "state": "idea", "title": "Tides"}),
    "entry again": ("/placements/log/{entry}/", {"kind": "mentor", "text": "Met her", "on": "2026-11-10"}),
    "made again": ("/placements/made/{made}/", {"kind": "paper", "state": "idea", "title": "Waves"}),
}


@pytest.mark.parametrize("press", PRESSES)
def test_a_button_of_what_is_being_deleted_is_answered_404(press, things, ada, client_of, clock):
    path, client = _path(press, things), client_of(ada)
    typed = {**form_of(client.get(path)), **PRESSES[press][1]}
    with connection.execute_wrapper(_Deletes(things["application"])):
        answer = client.post(path, typed)
    assert answer.status_code == 404


class _Deletes:
    """Deletes an application before the first transaction of a request begins, as another tab may do."""

    def __init__(self, application):
        self.application = application

    def __call__(self, execute, sql, params, many, context):
        if self.application and sql.startswith("SAVEPOINT"):
            gone, self.application = self.application, None
            gone.delete()
        return execute(sql, params, many, context)


def _path(press, things):
    return PRESSES[press][0].format(**{name: one.public_id for name, one in things.items()})


def form_of(response):
    """Return what the form of a page is sent with; nothing where there is only a button."""
    form = response.context and response.context.get("form")
    return {field.html_name: field.value() or "" for field in form or ()}
