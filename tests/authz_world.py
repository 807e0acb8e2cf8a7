"""The cast of the matrix of who may ask what, with what belongs to them, and one client that plays each role."""

import datetime as dt
import json
import re
from contextlib import nullcontext
from http.cookies import SimpleCookie

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection, transaction
from django.test import Client

from accounts.actions import make_token, see_today
from applications.actions.events import log_event
from applications.actions.filing import Upload, add_document, attach
from applications.actions.undoing import undoable
from applications.models import Debrief, Event, Made, Offer, Placement, PlacementEntry, PlanStep, PrepSet, SavedView
from applications.today_rules import Rule, key_of
from companies.actions import merge_companies, merge_parts, propose_change
from companies.models import Feed
from imports.actions import begin_import, match_columns
from imports.models import Import
from outreach.models import Contact
from reminders.actions.devices import add_device
from reminders.actions.subscribing import open_feed
from reminders.acts import Act
from reminders.plan import Kind
from reminders.tokens import Deed, Stop, sign, sign_deed
from supervision import actions
from supervision.models import Comment, Department, Request
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
from webhooks.models import Webhook

SAFE = {"GET", "HEAD", "OPTIONS"}
PRIVATE = "CANARY"
KNOWN_TO_FEW = "Hiddenbrook"
WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM)\s+"(?!django_session)', re.IGNORECASE)
PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^)]*\))*\)")


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
            **self._between(ada, application),
            **self._people(ada),
            "archive": self._archive(ada),
            "token": make_token(person=ada, name=PRIVATE, scopes=["read"], days=30, at=NOW)[0].public_id,
            **self._imports(ada),
            **self._webhook(ada),
            "company": company.slug,
            "double": CompanyFactory(name="Tidewater Labs", website="https://tidewater.example").slug,
            "merge": self._merge(),
            "posting of": "posting",
            "insight": "funnel",
            "table": "csv",
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
            "paper row": company.papers.create(
                title="Tidal flow", authors=["H. Sato"], year=2026, url="https://p.example/1"
            ).pk,
            "programme row": programme.pk,
            "season row": season.pk,
            "own step": PlanStep.objects.create(
                student=ada, season=season, title=PRIVATE, begins_on=NOW.date()
            ).public_id,
            "cycle row": programme.cycles.create(season=season).pk,
        }

    @staticmethod
    def _people(ada):
        marks = dict.fromkeys(("name", "work", "source", "why", "next_step"), PRIVATE)
        person = Contact.objects.create(student=ada, how="friend", created_at=NOW, email="c@x.example", **marks)
        person.papers.create(student=ada, title=PRIVATE, authors=[PRIVATE], key=PRIVATE)
        message = person.messages.create(kind="sent", on=TODAY, text=PRIVATE)
        days = {"begins_on": TODAY, "ends_on": TODAY}
        conference = ada.conferences.create(name="ICML", place=PRIVATE, updated_at=NOW, **days)
        conference.people.add(person)
        ada.wordings.create(kind="thanks", subject=PRIVATE, text=PRIVATE)
        return {"person": person.public_id, "message": message.public_id, "conference": conference.public_id}

    @staticmethod
    def _archive(ada):
        stored_as = storages["default"].save("archives/of-ada", ContentFile(PRIVATE.encode()))
        return ada.archives.create(way="out", asked_at=NOW, ended_at=NOW, stored_as=stored_as).public_id

    @staticmethod
    def _webhook(ada):
        days = {"made_at": NOW, "free_at": NOW}
        webhook = Webhook.objects.create(
            person=ada, name=PRIVATE, url=f"https://x.example/{PRIVATE}", events=[], **days
        )
        told = {"type": "ping", "facts": {}, "state": "due", "attempts": 1, "said": PRIVATE}
        body = json.dumps({"data": PRIVATE})
        delivery = webhook.deliveries.create(public_id="0" * 32, body=body, due_at=NOW, made_at=NOW, **told)
        delivery.tries.create(at=NOW, status=500, milliseconds=5, said=PRIVATE)
        return {"webhook": webhook.public_id, "delivery": delivery.public_id}

    @staticmethod
    def _imports(ada):
        content = f"Company,Role,Applied on,Notes\n{PRIVATE},{PRIVATE},soon,{PRIVATE}\n".encode()
        waiting, finished = (
            begin_import(student=ada, name=f"{PRIVATE}.csv", content=content, at=NOW) for _ in range(2)
        )
        for file in (waiting, finished):
            fields = ["company", "role", "applied_on", "notes"]
            match_columns(file=file, fields=fields, words={}, day_first=None, by=ada, at=NOW)
        Import.objects.filter(pk=finished.pk).update(state="done", ended_at=NOW)
        return {"import": waiting.public_id, "finished import": finished.public_id, "sheet row": 2}

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

    def _between(self, ada, application):
        sharing = ada.supervisions.get(supervisor=self.people["stages"])
        wish = actions.Wish("letter", "A letter", application=application)
        asked = actions.ask(student=ada, supervision=sharing, email="", wish=wish, at=NOW, on=TODAY)
        comment = actions.say(supervision=sharing, application=application, text="What do you think?", by=ada, at=NOW)
        grace = sharing.supervisor
        milestone = actions.add_milestone(title="Review", starts_on=TODAY, ends_on=None, by=grace)
        offered = actions.offer_introduction(company=CompanyFactory(), note="", by=grace, at=NOW)
        return {
            "sharing": sharing.public_id,
            "asked": asked.public_id,
            "answer": asked.token,
            "comment": comment.public_id,
            "milestone": milestone.public_id,
            "introduction": offered.public_id,
            "department row": Department.objects.create(name="Informatics").pk,
            **self._out_of_reach(ada),
        }

    def _out_of_reach(self, ada):
        """Make what stays with the student though it is between her and a supervisor."""
        hidden = ApplicationFactory(student=ada, stage="applied", notes=PRIVATE)
        details, ended = (ada.supervisions.get(supervisor=self.people[role]) for role in ("details", "ended"))
        actions.set_exception(supervision=details, application=hidden, is_hidden=True, shows_pay=False, by=ada, at=NOW)
        comment = Comment.objects.create(
            supervision=ended, application=hidden, by=ended.supervisor, text="Well done", at=NOW
        )
        asked = Request.objects.create(student=ada, supervision=ended, kind="letter", what=PRIVATE, asked_at=NOW)
        return {
            "hidden from details": hidden.public_id,
            "comment of ended": comment.public_id,
            "asked of ended": asked.public_id,
        }

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
