"""Who may ask what: every URL of the resolver x twelve roles x seven methods, against `authz_matrix.yml`.

Each cell is a real request inside a savepoint. Reading, and whatever is refused, writes nothing to the database; what
only Ada may read holds a mark that no answer to anybody else contains.
"""

import datetime as dt
import logging
import re
from contextlib import nullcontext
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import time_machine
import yaml
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver

from accounts.actions import see_today
from applications.actions.events import log_event
from applications.actions.filing import Upload, add_document, attach
from applications.actions.undoing import undoable
from applications.models import Debrief, Event, Made, Offer, Placement, PlacementEntry, PlanStep, PrepSet, SavedView
from applications.today_rules import Rule, key_of
from companies.actions import merge_companies, merge_parts, propose_change
from companies.models import Feed
from reminders.actions.devices import add_device
from reminders.actions.subscribing import open_feed
from reminders.acts import Act
from reminders.plan import Kind
from reminders.tokens import Deed, Stop, sign, sign_deed
from supervision import actions
from tests.factories import (
    NOW,
    TODAY,
    ApplicationFactory,
    CompanyFactory,
    PostingFactory,
    ProgrammeFactory,
    RoundFactory,
    SeasonFactory,
    SupervisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MATRIX = yaml.safe_load((Path(__file__).parent / "authz_matrix.yml").read_text())
ROLES, GROUPS, URLS = MATRIX["roles"], MATRIX["groups"], MATRIX["urls"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
SAFE = {"GET", "HEAD", "OPTIONS"}
LOGIN = "/accounts/login/"
PRIVATE = "CANARY"
KNOWN_TO_FEW = "Hiddenbrook"
WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(?!django_session)', re.IGNORECASE)
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)")


def walk(resolver, prefix=""):
    """Return every pattern as it is written, includes joined."""
    found = []
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        found += walk(entry, path) if isinstance(entry, URLResolver) else [path]
    return found


class World:
    """The cast with what belongs to them, and one client that plays each role."""

    def __init__(self):
        ada = UserFactory(email="ada@waymark.example", name="Ada Whitlock")
        supervisor = {"is_student": False, "is_supervisor": True, "phd_started_on": None}
        self.people = {"anonymous": None, "owner": ada, "student": UserFactory()}
        for level in ("nothing", "summary", "stages", "details", "ended"):
            self.people[level] = UserFactory(**supervisor)
            SupervisionFactory(
                student=ada,
                supervisor=self.people[level],
                level="details" if level == "ended" else level,
                ended_at=NOW if level == "ended" else None,
            )
        self.people |= {
            "pending": UserFactory(**supervisor),
            "curator": UserFactory(is_student=False, is_curator=True),
            "staff": UserFactory(is_student=False, is_staff=True, is_superuser=True),
            "deactivated": UserFactory(is_active=False),
        }
        self.arguments = self._arguments(ada, actions.invite(student=ada, email="prof@uni.example", at=NOW))
        self.sessions = {role: self._session(person) for role, person in self.people.items()}
        self.client = Client()

    def _arguments(self, ada, invited):
        season, company = SeasonFactory(), CompanyFactory(name="Tidewater")
        programme = ProgrammeFactory(company=company)
        marks = dict.fromkeys(("notes", "closing_reason", "referrer", "next_step", "place", "posting_text"), PRIVATE)
        application = ApplicationFactory(student=ada, company=company, stage="interviewing", **marks)
        common = {"application": application, "on": NOW.date(), "by": ada}
        note = Event.objects.create(kind="note", text=PRIVATE, **common)
        with undoable(student=ada, text=PRIVATE, at=NOW, applications=[application]) as change:
            log_event(application=application, kind="note", text="Met", is_shared=False, on=TODAY, by=ada, at=NOW)
        one = RoundFactory(application=application, notes=PRIVATE, people=PRIVATE, place=PRIVATE)
        Debrief.objects.create(round=one, went_well=PRIVATE, written_on=NOW.date())
        hidden = CompanyFactory(name=KNOWN_TO_FEW, slug="hidden", approved_at=None, proposed_by=ada)
        return {
            "application": application.public_id,
            "closed": ApplicationFactory(
                student=ada, company=company, stage="closed", outcome="no_reply", notes=PRIVATE
            ).public_id,
            "note": note.public_id,
            "undo": change.undo.public_id,
            "round": one.public_id,
            "prep line": one.prep.create(text=PRIVATE).public_id,
            "question": one.questions.create(text=PRIVATE, answer=PRIVATE).public_id,
            "talk": application.team_talks.create(name=PRIVATE).public_id,
            "set row": PrepSet.objects.create(slug="coding", name="Coding", kind="coding").pk,
            "view": SavedView.objects.create(student=ada, name="Mine", query="kind=scheme").public_id,
            "requirement": application.requirements.create(text=PRIVATE).public_id,
            **self._placement(ada, company),
            **self._document(ada, application),
            "line": self._line(ada, company),
            "ada": ada.public_id,
            "invitation": invited.token,
            "sharing": ada.supervisions.get(supervisor=self.people["stages"]).public_id,
            "company": company.slug,
            "double": CompanyFactory(name="Tidewater Labs", website="https://tidewater.example").slug,
            "merge": self._merge(),
            "posting of": "posting",
            **self._teams(company),
            "feed": Feed.objects.create(name="Board", format="listings", made_at=NOW).public_id,
            "proposal": propose_change(
                of=company, values={"city": "Leith"}, why="They moved", source_url="", by=ada, at=NOW
            ).public_id,
            "programme": programme.slug,
            "hidden": hidden.slug,
            "posting": PostingFactory(company=company).public_id,
            "stop": sign(Stop(person=ada.public_id, kind=next(iter(Kind)))),
            "deed": sign_deed(Deed(ada.public_id, Act.WAIT, application.public_id, NOW + dt.timedelta(days=14))),
            "calendar": open_feed(by=ada, at=NOW),
            "device": add_device(
                by=ada, endpoint="https://push.example/1", keys=("", ""), name=PRIVATE, at=NOW
            ).public_id,
            "user": ada.pk,
            "emailaddress": ada.emailaddress_set.get().pk,
            "company row": company.pk,
            "team row": company.teams.create(name="Tides", slug="tides").pk,
            "posting row": PostingFactory(company=company).pk,
            "programme row": programme.pk,
            "season row": season.pk,
            "own step": PlanStep.objects.create(
                student=ada, season=season, title=PRIVATE, begins_on=NOW.date()
            ).public_id,
            "cycle row": programme.cycles.create(season=season).pk,
        }

    @staticmethod
    def _teams(company):
        vision, sight, eyes = (
            company.teams.create(name=name, slug=name.lower()) for name in ("Vision", "Sight", "Eyes")
        )
        by = UserFactory(is_curator=True)
        merge = merge_parts(keeper=vision, taken=eyes, values={}, by=by, at=NOW)
        return {"team of": "team", "team": vision.slug, "other team": sight.slug, "part merge": merge.public_id}

    @staticmethod
    def _merge():
        pair = {"keeper": CompanyFactory(), "taken": CompanyFactory()}
        return merge_companies(**pair, values={}, by=UserFactory(is_curator=True), at=NOW).public_id

    @staticmethod
    def _line(ada, company):
        planned = {"next_step": PRIVATE, "next_step_on": TODAY}
        due = ApplicationFactory(student=ada, company=company, stage="preparing", **planned)
        return key_of(Rule.STEP, due.public_id, TODAY)

    @staticmethod
    def _placement(ada, company):
        accepted = ApplicationFactory(student=ada, company=company, stage="offer", outcome="accepted")
        Offer.objects.create(application=accepted, project=PRIVATE, advice=PRIVATE, pay=4321, currency="GBP")
        placement = Placement.objects.create(application=accepted, mentor=PRIVATE, goal=PRIVATE, looking_back=PRIVATE)
        entry = PlacementEntry.objects.create(placement=placement, on=TODAY, text=PRIVATE)
        made = Made.objects.create(placement=placement, title=PRIVATE)
        return {"accepted": accepted.public_id, "placement entry": entry.public_id, "made": made.public_id}

    @staticmethod
    def _document(ada, application):
        upload = Upload(f"{PRIVATE}.txt", PRIVATE.encode())
        version = add_document(student=ada, kind="cv", name=PRIVATE, upload=upload, note=PRIVATE, at=NOW)
        going = attach(application=application, version=version, on=TODAY, by=ada, at=NOW)
        return {"document": version.document.public_id, "version": version.public_id, "sent": going.public_id}

    @staticmethod
    def _session(person):
        if person is None:
            return {}
        client = Client()
        client.force_login(person)
        see_today(person=person, on=TODAY)
        return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def path(self, pattern, values):
        """Return the pattern as an address: named arguments from our objects, others as they stand."""

        def fill(found):
            value = values[found[1] or found[2]]
            return str(self.arguments.get(value, value))

        return "/" + PLACEHOLDER.sub(fill, pattern.replace("^", "").replace("$", ""))

    def ask(self, role, method, path):
        """Send one request as somebody, undo what it changed, and return the answer with the writes it tried."""
        self.client.cookies = SimpleCookie(self.sessions[role])
        written = []

        def watch(execute, sql, params, many, context):
            if WRITES.match(sql):
                written.append(sql[:80])
            return execute(sql, params, many, context)

        form = {"data": "csrfmiddlewaretoken=x", "content_type": "application/x-www-form-urlencoded"}
        undone = nullcontext() if method in SAFE else transaction.atomic()
        with connection.execute_wrapper(watch), undone:
            response = self.client.generic(method, path, **(form if method == "POST" else {}))
            if method not in SAFE:
                transaction.set_rollback(True)
        return response, written


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    logging.disable()  # thousands of refusals, each with its traceback
    in_cookies = override_settings(SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies")  # no query for it
    with django_db_blocker.unblock(), in_cookies, time_machine.travel(NOW, tick=False), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def expected(row, method, role):
    """Return what the matrix says: a status, or the way to the sign-in page for whoever is not signed in."""
    if role in GROUPS["out"] and not row.get("open"):
        return LOGIN
    named = "GET" if method == "HEAD" and method not in row else method
    said = row.get(named, row.get("others", 405))
    if isinstance(said, int):
        return said
    meant = [status for group, status in said.items() if role == group or role in GROUPS.get(group, [])]
    return meant[0] if meant else said["rest"]


def found(response):
    """Return the status, or the sign-in page for a redirect there; the raw tables' own way leads on to the same."""
    ways = (f"{LOGIN}?next=", "/manage/login/?next=")
    return LOGIN if response.headers.get("Location", "").startswith(ways) else response.status_code


def text_of(response):
    """Return what an answer says, be it a page or a file."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def deviations(world, pattern, row):
    """Yield a sentence for each cell that is not as the matrix says."""
    path = world.path(pattern, row.get("with", {}))
    for method in METHODS:
        cache.clear()  # sign-in limits: twelve roles are one address
        for role in ROLES:
            response, written = world.ask(role, method, path)
            status, right = found(response), expected(row, method, role)
            if status != right:
                yield f"{method} as {role}: {status}, not {right}"
            if written and (method in SAFE or status == LOGIN or response.status_code >= 400):
                yield f"{method} as {role} is answered {status} and writes: {written}"
            shown = text_of(response) + str(response.headers)
            if (PRIVATE in shown and role != "owner") or (
                KNOWN_TO_FEW in shown and role not in {"owner", *GROUPS["desk"]}
            ):
                yield f"{method} as {role} shows what is not theirs"


def test_the_matrix_lists_every_url_and_no_other():
    assert sorted(set(walk(get_resolver()))) == sorted(URLS)


def test_the_matrix_names_twelve_roles():
    assert len(ROLES) == len(set(ROLES)) == 12
    assert {role for group in GROUPS.values() for role in group} <= set(ROLES)


@pytest.mark.parametrize("pattern", URLS)
def test_each_role_is_answered_as_the_matrix_says(world, pattern):
    assert list(deviations(world, pattern, URLS[pattern])) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_company_that_a_student_added_is_theirs_and_the_curators(world, role):
    response, _ = world.ask(role, "GET", f"/companies/{world.arguments['hidden']}/")
    assert found(response) == {"owner": 200, "curator": 200, **dict.fromkeys(GROUPS["out"], LOGIN)}.get(role, 404)
