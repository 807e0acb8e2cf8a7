"""Every button that adds, changes or deletes, pressed in one moment by two real threads: done once, and no 5xx."""

import threading
import uuid
from collections import Counter
from itertools import count
from string import Formatter

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from applications.models import Document, DocumentVersion, PlanStep, SavedView, SeasonPlan
from companies.models import Company, Season
from tests.applications.test_gone_meanwhile import PRESSES, make_things
from tests.factories import NOW, TODAY, ApplicationFactory
from tests.html_forms import Reader

pytestmark = pytest.mark.django_db(transaction=True)

MODELS = [*apps.get_app_config("applications").get_models(), Company]
FURTHER = {
    "add": ("/add/", {"company_or_link": "{name}", "stage": "applied", "request_key": "{key}"}),
    "add in full": ("/add/?more=1", {"company_or_link": "{name}", "request_key": "{key}"}),
    "copy": ("/applications/{application}/duplicate/", {"request_key": "{key}"}),
    "delete": ("/applications/{applied}/delete/", {}),
    "reopen": ("/applications/{closed}/reopen/", {}),
    "accept": ("/applications/{offer}/accept/", {"close": "{applied}"}),
    "weights": ("/offers/weights/", {"weight_pay": "some"}),
    "several moved": ("/applications/bulk/", {"do": "move-interviewing", "ids": "{applied}"}),
    "several closed": ("/applications/bulk/", {"do": "close", "ids": "{applied}"}),
    "several tagged": ("/applications/bulk/", {"do": "tag", "ids": "{applied}", "tag": "{name}"}),
    "several deleted": ("/applications/bulk/", {"do": "delete", "ids": "{applied}"}),
    "next step of a row": ("/applications/{applied}/row/next/", {"next_step": "Read", "initial-next_step": ""}),
    "entry": ("/applications/{application}/placement/log/", {"kind": "mentor", "text": "Met her", "on": "2026-11-10"}),
    "plan of the season": ("/window/plan/", {"goal": "12"}),
    "shortfall": ("/window/shortfall/", {"carry": "yes"}),
    "step": ("/window/steps/new/", {"title": "{name}", "begins_on": "2026-12-01"}),
    "step out": ("/window/steps/{step}/out/", {}),
    "step done": ("/window/steps/visa/done/", {"done": "yes"}),
    "view": ("/applications/views/", {"name": "{name}", "query": "kind=visit"}),
    "view away": ("/applications/views/{view}/delete/", {}),
    "document": ("/documents/new/", {"kind": "cv", "name": "{name}", "file": "{file}"}),
    "version": ("/documents/{document}/versions/", {"file": "{file}"}),
    "document away": ("/documents/{document}/delete/", {}),
    "version goes with": ("/applications/{applied}/documents/", {"version": "{version}", "on": "2026-11-10"}),
    "line": ("/prep/{line}/edit/", {"text": "Read it aloud"}),
    "line away": ("/prep/{line}/delete/", {}),
}
UNDO = {"Undo": 1}
EVENT = {"Event": 1, **UNDO}
GROWS = {
    "rounds/new": {"InterviewRound": 1, **EVENT},
    "round": {"InterviewRound": -1, "PrepItem": -1, **EVENT},
    "plan": {"PrepItem": 1, **UNDO},
    "set": {},
    "debrief": {"Debrief": 1, "Event": 2, **UNDO},
    "requirements": {"Requirement": 1, **UNDO},
    "requirement": {"Requirement": -1, **UNDO},
    "talk": {"TeamTalk": 1, **UNDO},
    "talk away": {"TeamTalk": -1, **UNDO},
    "offer": {"Offer": 1, **UNDO},
    "entry": {"PlacementEntry": 1, **UNDO},
    "made": {"Made": 1, **UNDO},
    "add": {"Application": 1, "Company": 1, **EVENT},
    "add in full": {"Application": 1, "Company": 1, **EVENT},
    "copy": {"Application": 1, "Requirement": 1, **EVENT},
    "delete": {"Application": -1, "Event": -1, **UNDO},
    "accept": {"Placement": 1, "Event": 2, **UNDO},
    "weights": {"Desk": 1, **UNDO},
    "several deleted": {"Application": -1, "Event": -1, **UNDO},
    "step": {"PlanStep": 1, **UNDO},
    "step out": {"PlanStep": -1, **UNDO},
    "step done": {"PlanStep": 1, **UNDO},
    "view": {"SavedView": 1, **UNDO},
    "view away": {"SavedView": -1, **UNDO},
    "document": {"Document": 1, "DocumentVersion": 1},
    "version": {"DocumentVersion": 1},
    "document away": {"Document": -1, **UNDO},
    "version goes with": {"SentDocument": 1, **UNDO},
    "line": {},
    "line away": {"PrepItem": -1, **UNDO},
    **dict.fromkeys(
        ("spread", "tick", "meets", "talk again", "placement", "entry again", "made again", "plan of the season",
         "shortfall"), UNDO,
    ),
    **dict.fromkeys(
        ("log", "earlier", "next", "stage", "close", "edit", "section", "round again", "reopen", "several moved",
         "several closed", "several tagged", "next step of a row"), EVENT,
    ),
}  # fmt: skip
"""How many rows one press leaves more or fewer in which table."""
ONCE, GONE = {200, 302}, {404}
_NUMBER = count()


class Things(dict):
    """What there is to press, made when it is named."""

    def __init__(self, student):
        super().__init__(key=uuid.uuid4(), file="{file}", name=f"Thing {next(_NUMBER)}")
        self.student, self.season = student, Season.objects.get()

    def __missing__(self, name):
        make = getattr(self, f"make_{name}", None)
        made = {name: make()} if make else make_things(self.student)
        self.update({key: one.public_id for key, one in made.items()})
        return self[name]

    def make_closed(self):
        return ApplicationFactory(student=self.student, stage="closed", outcome="no_reply")

    def make_applied(self):
        return ApplicationFactory(student=self.student, stage="applied", applied_on=TODAY)

    def make_offer(self):
        return ApplicationFactory(student=self.student, stage="offer", applied_on=TODAY)

    def make_step(self):
        return PlanStep.objects.create(student=self.student, season=self.season, title="ICML", begins_on=TODAY)

    def make_view(self):
        return SavedView.objects.create(student=self.student, name=self["name"], query="kind=visit")

    def make_document(self):
        return Document.objects.create(student=self.student, kind="cv", name=self["name"])

    def make_version(self):
        document = Document.objects.create(student=self.student, kind="cv", name=self["name"])
        return DocumentVersion.objects.create(
            document=document, number=1, stored_as=self["name"], file_name="cv.txt", media_type="text/plain", size=1,
            sha256="0" * 64, uploaded_at=NOW,
        )  # fmt: skip


def form_at(client, path, typed):
    """Return what a form is sent with that is filled in so; the buttons of other pages send nothing else."""
    page = client.get(path)
    forms = [form for form in Reader(page.text, path).forms if form.action == path]
    if page.status_code != 200 or not forms:
        return typed
    asked = forms[0]
    return asked.hidden() | asked.chosen() | {one.name: one.value for one in asked.typed} | typed


COUNT = " UNION ALL ".join(f"SELECT '{one.__name__}', count(*) FROM {one._meta.db_table}" for one in MODELS)


def rows():
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        return Counter(dict(cursor.fetchall()))


def grown(before):
    """Return how many rows each table has more or fewer."""
    after = rows()
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


def press(client, path, sent):
    files = {name: SimpleUploadedFile("cv.txt", b"One page") for name, value in sent.items() if value == "{file}"}
    return client.post(path, sent | files).status_code


def at_once(clients, path, sent):
    """Press with each client, all from one moment on; return the statuses."""
    together, answers = threading.Barrier(len(clients)), []

    def click(client):
        together.wait()
        try:
            answers.append(press(client, path, sent))
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


def filled(text, things):
    """Put the things in that a text names."""
    return text.format(**{name: things[name] for _, name, *_ in Formatter().parse(text) if name})


def test_what_is_pressed_twice_in_one_moment_is_done_once(ada, season, client_of, clock, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    clients, grew, told = [Client(raise_request_exception=False) for _ in range(2)], {}, {}
    for client in clients:
        client.cookies = client_of(ada).cookies
    SeasonPlan.objects.create(student=ada, season=season, weekly_target=3)
    presses = {**PRESSES, **FURTHER}
    del presses["event"]  # the last entry with a stage stays
    for name, (path, asked) in presses.items():
        things = Things(ada)
        here, typed = filled(path, things), {field: filled(value, things) for field, value in asked.items()}
        sent = form_at(clients[0], here, typed)
        before = rows()
        told[name] = at_once(clients, here, sent)
        grew[name] = grown(before)
    assert {name: said for name, said in told.items() if said[0] not in ONCE or said[1] not in ONCE | GONE} == {}
    assert grew == GROWS
