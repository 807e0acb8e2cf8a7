"""The demo: what it loads, that it loads it once, and that everybody in it can sign in and open their pages."""

import datetime as dt
import hashlib
from email.message import EmailMessage
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.cache import cache
from django.db.models import F
from django.test import Client

from accounts.models import User
from applications.actions.keeping import content_of
from applications.files import judge
from applications.history import Step, standing
from applications.models import (
    Application,
    Document,
    DocumentVersion,
    Event,
    InterviewRound,
    Offer,
    Placement,
    PlanStep,
    PrepItem,
    SavedView,
    SentDocument,
    TodayMark,
)
from applications.stage import ACTIVE
from companies.models import Company, Posting
from supervision.models import Supervision
from tests.browser.looking import written_inline
from tests.crawl import crawl, kind_of, pages_of
from tests.factories import NOW
from tracker.demo_data.ada import ROLES
from tracker.demo_data.loading import load
from tracker.demo_data.people import PASSWORD, PEOPLE
from tracker.demo_data.shapes import workday


def everything():
    """Every row of every table of ours."""
    ours = ("accounts", "account", "companies", "applications", "supervision", "reminders")
    models = [model for model in apps.get_models() if model._meta.app_label in ours]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def test_a_second_load_changes_nothing(demo):
    before = everything()
    assert load(at=NOW + dt.timedelta(days=3)) is False
    assert everything() == before


@pytest.mark.parametrize("email", [person.email for person in PEOPLE])
def test_everybody_signs_in_with_the_password_of_the_readme(demo, email):
    cache.clear()  # tests of wrong passwords, at the same stopped clock, use up what one address may try
    client = Client()
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD}, follow=True)
    assert answer.status_code == 200
    assert answer.wsgi_request.user.email == email
    assert EmailAddress.objects.get(email=email).verified


def test_the_readme_and_make_demo_name_the_same_people():
    from tracker.stack.demo import ACCOUNTS

    root = Path(__file__).parents[1]
    for text in (ACCOUNTS, (root / "README.md").read_text(encoding="utf-8")):
        assert PASSWORD in text
        assert [person.email for person in PEOPLE if person.email not in text] == []


def test_ada_has_a_search_in_every_stage(demo):
    mine = Application.objects.filter(student__email="ada@waymark.example")
    assert {stage: mine.filter(stage=stage).count() for stage in (*ACTIVE, "closed")} == {
        "interested": 7, "preparing": 4, "applied": 6, "interviewing": 3, "offer": 3, "closed": 6,
    }  # fmt: skip
    assert mine.filter(on_hold=True, way_in="asked").count() == 1
    assert mine.filter(kind="scheme").count() == 1


def test_rounds_lie_behind_and_just_ahead(demo):
    rounds = InterviewRound.objects.filter(application__student__email="ada@waymark.example")
    assert rounds.filter(starts_at__lt=NOW).count() == 11
    assert [row.starts_at for row in rounds.upcoming(NOW)] == [dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC)]
    assert rounds.filter(on=None).count() == 5


def test_nothing_has_happened_in_the_future_yet(demo):
    assert not Event.objects.filter(on__gt=NOW.date()).exists()
    assert not Event.objects.filter(recorded_at__gt=NOW).exists()
    assert not Posting.objects.filter(posted_at__gt=NOW).exists()


def test_the_stage_is_what_the_events_say(demo):
    for application in Application.objects.all():
        events = application.events.exclude(stage="").order_by("on", "pk")
        told = standing(Step(event.on, event.stage, event.outcome) for event in events)
        assert (application.stage, application.stage_since, application.outcome, application.applied_on) == (
            told.stage,
            told.since,
            told.outcome,
            told.applied_on,
        )


def test_grace_sees_stages_and_sam_nothing(demo):
    levels = Supervision.objects.order_by("supervisor__email").values_list("supervisor__email", "level")
    assert list(levels.filter(student__email="ada@waymark.example")) == [
        ("grace@waymark.example", "stages"),
        ("sam@waymark.example", "nothing"),
    ]


def test_employers_of_the_story_are_invented(demo):
    invented = Company.objects.filter(source_note="Invented for the demo")
    assert invented.count() == 21
    assert not invented.exclude(website__endswith=".example/").exists()
    places = Application.objects.values_list("company__name", flat=True).distinct()
    assert set(places) - set(invented.values_list("name", flat=True)) == {"The Alan Turing Institute"}


def test_most_roles_lead_to_a_posting(demo):
    assert Posting.objects.filter(origin="demo").count() == 60
    linked = Application.objects.filter(student__email="ada@waymark.example").exclude(posting=None)
    assert linked.count() == len(ROLES) - 4


def test_every_document_is_a_file_that_would_be_taken_and_went_where_the_story_says(demo):
    versions = {(one.document.name, one.number): one for one in DocumentVersion.objects.select_related("document")}
    assert len(versions) == 10
    for one in versions.values():
        content = content_of(one)
        assert (hashlib.sha256(content).hexdigest(), judge(one.file_name, content, most=one.size)[0]) == (
            one.sha256,
            one.file_name,
        )
    newest = versions["CV for research labs", 3]
    went = SentDocument.objects.filter(version=newest).values_list("application__company__name", flat=True)
    assert {"Northlight Labs", "Cormorant AI"} <= set(went)
    assert not SentDocument.objects.exclude(on=F("application__applied_on")).exists()


def test_thursdays_round_is_prepared_in_part(demo):
    items = PrepItem.objects.filter(round__application__company__name="Northlight Labs", round__kind="research")
    done = items.exclude(done_at=None).count()
    assert 0 < done < items.count()
    assert not items.filter(done_at__gt=NOW).exists()


def test_two_offers_are_open_and_one_summer_is_lived(demo):
    offers = Offer.objects.filter(application__outcome="").order_by("answer_by")
    assert [(offer.application.company.name, offer.answer_by - NOW.date()) for offer in offers] == [
        ("Halden Maps", dt.timedelta(days=13)),
        ("Veridian", dt.timedelta(days=14)),
    ]
    placement = Placement.objects.get(application__student__email="ada@waymark.example")
    assert (placement.ends_on.year, placement.ends_on < NOW.date()) == (2026, True)
    assert set(placement.made.values_list("kind", "state")) == {
        ("paper", "submitted"), ("code", "out"), ("patent", "idea"), ("chapter", "working"),
    }  # fmt: skip


def test_the_plan_has_a_conference_a_moved_step_and_a_tick(demo):
    steps = PlanStep.objects.order_by("key")
    assert [(step.key, step.begins_on is not None, step.done_on is not None) for step in steps] == [
        ("", True, False),
        ("referrals", True, False),
        ("summary", False, True),
    ]
    assert steps[0].begins_on == dt.date(2026, 12, 7)


def test_what_is_put_off_is_on_no_list_of_today(demo):
    client = Client()
    client.force_login(User.objects.get(email="ada@waymark.example"))
    page = client.get("/today/").text
    assert ("Northlight Labs" in page, "survival curves" in page) == (True, False)


def test_grace_reads_nothing_of_offers_debriefs_teams_or_documents(demo):
    pages = "".join(pages_of(User.objects.get(email="grace@waymark.example")).values())
    assert "Halden Maps" in pages
    for private in (
        "month's notice",
        "chapter four",
        "Sindre",
        "Pedro Lima",
        "Whitlock CV",
        "Dijkstra",
        "2900",
        "43000",
    ):
        assert private not in pages


def test_the_new_student_has_nothing(demo):
    noor = User.objects.get(email="new@waymark.example")
    kept = [Application, Document, SavedView, TodayMark]
    assert [model.objects.filter(student=noor).count() for model in kept] == [0, 0, 0, 0]


def test_interviews_never_fall_on_a_weekend():
    monday = dt.date(2026, 11, 9)
    for start in range(7):
        for days in range(-9, 10):
            day = workday(monday + dt.timedelta(days=start), days)
            assert day.weekday() < 5
            assert (day - monday).days - start <= 0 if days <= 0 else (day - monday).days - start >= days


@pytest.fixture
def mailbox(settings, tmp_path):
    settings.DEMO, settings.DEMO_MAIL_DIR = True, str(tmp_path)
    return tmp_path


def a_letter(folder, name="letter"):
    letter = EmailMessage()
    letter["Subject"] = "Tomorrow 15:00: research discussion"
    letter["To"] = "ada@waymark.example"
    letter.set_content("It is <b>tomorrow</b>.")
    letter.add_alternative("<p>It is <b>tomorrow</b>.</p>", subtype="html")
    (folder / f"{name}.eml").write_bytes(bytes(letter))


def test_letters_can_be_read_and_their_html_is_only_shown_as_text(mailbox, client, db):
    a_letter(mailbox)
    listed = client.get("/demo/mail/").content.decode()
    assert "Tomorrow 15:00: research discussion" in listed
    shown = client.get("/demo/mail/letter/").content.decode()
    assert "It is &lt;b&gt;tomorrow&lt;/b&gt;." in shown
    assert "&lt;p&gt;It is" in shown


def test_an_empty_mailbox_says_what_brings_the_first_letter(mailbox, client, db):
    assert "No letters yet" in client.get("/demo/mail/").content.decode()


@pytest.mark.parametrize("name", ["other", "..", "%2e%2e%2fsecret"])
def test_letters_that_are_not_there_are_not_found(mailbox, client, db, name):
    a_letter(mailbox)
    (mailbox.parent / "secret.eml").write_bytes(b"Subject: secret\n\n")
    assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_outside_the_demo_there_is_no_mailbox(settings, client, db):
    settings.DEMO = False
    assert client.get("/demo/mail/").status_code == 404
    assert client.get("/demo/mail/letter/").status_code == 404


REACHED = {
    "ada": {
        "applications:today", "applications:board", "applications:table", "applications:window", "applications:add",
        "applications:detail", "applications:edit", "applications:stage", "applications:close", "applications:round",
        "applications:round-add", "applications:documents", "applications:document", "applications:attach",
        "companies:list", "companies:detail", "companies:postings", "companies:posting",
        "supervision:sharing", "reminders:notifications", "reminders:preferences", "supervision:requests",
        "supervision:request", "supervision:request-add", "applications:approval", "applications:approval-edit",
    },
    "mallory": {"applications:today", "applications:detail", "supervision:sharing"},
    "new": {"applications:today", "applications:add", "companies:list"},
    "grace": {
        "supervision:students", "supervision:student", "supervision:application", "companies:list", "supervision:asked",
        "supervision:request", "supervision:group", "supervision:milestone", "supervision:introductions",
    },
    "sam": {"supervision:students", "companies:list"},
    "kim": {"supervision:departments", "companies:list"},
    "cora": {"companies:list", "companies:detail", "companies:postings"},
    "admin": {"companies:list"},
}  # fmt: skip


class Noting(Client):
    """A client that keeps the content security policies of the pages it was answered."""

    policies: frozenset[str] = frozenset()

    def get(self, *args, **kwargs):
        """Ask, and note what the answer allows."""
        answer = super().get(*args, **kwargs)
        if answer.headers["Content-Type"].startswith("text/html"):  # files are sandboxed
            self.policies |= {answer.headers["Content-Security-Policy"]}
        return answer


QUICK_ADD = ('href="/add/" data-dialog data-add>', '<dialog id="dialog"', "/js/site")
"""What the key C presses, and what it opens, on every page of a student."""


@pytest.mark.parametrize("name", list(REACHED))
def test_every_page_that_links_lead_to_answers_and_is_clean(demo, name):
    client = Noting()
    client.force_login(User.objects.get(email=f"{name}@waymark.example"))
    pages = crawl(client, "/companies/" if name in {"cora", "admin"} else "/")
    assert REACHED[name] - {kind_of(path) for path in pages} == set()
    assert {path: written_inline(html) for path, html in pages.items() if written_inline(html)} == {}
    assert {path: html.count("<h1") for path, html in pages.items() if html.count("<h1") != 1} == {}
    assert [policy for policy in client.policies if "unsafe" in policy or "*" in policy] == []
    assert len(client.policies) == 1
    if name in {"ada", "new"}:
        assert [path for path, html in pages.items() if not all(part in html for part in QUICK_ADD)] == []


def test_sam_reaches_nothing_of_ada(demo):
    everything_seen = "".join(pages_of(User.objects.get(email="sam@waymark.example")).values())
    told = {"Whitlock", "ada@waymark.example", *(role.next_step for role in ROLES if role.next_step)}
    assert {word for word in told if word in everything_seen} == set()
