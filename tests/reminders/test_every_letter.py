"""Check 24: what holds for the letter of every rule; a rule without its letter is refused here."""

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from accounts.models import SignIn, User
from applications.models import Application, InterviewRound, Offer
from companies import actions as shared_list
from companies.models import Cycle, Following, Proposal, Season
from outreach.actions import Facts, add_contact, log_message
from outreach.choices import Said
from outreach.models import Contact
from reminders import actions
from reminders.models import Delivery, Preference, Times
from reminders.plan import ALONE, FIXED, Kind, Rule
from supervision import actions as sharing
from supervision.models import Request, Supervision
from tests.factories import ApplicationFactory, CompanyFactory, ProgrammeFactory, RoundFactory, SupervisionFactory
from tests.reminders.conftest import LONG_AGO, hears_only, posted
from tests.reminders.test_letters import FORBIDDEN

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
STARTS = dt.datetime(2026, 11, 12, 15, tzinfo=dt.UTC)
TYPED = ("https://jobs.example.org/7", "https://meet.example.org/r/1", "https://tide.example/phd")


def morning(year, month, day, hour=8):
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


def apply(person, **fields):
    company = CompanyFactory(name="Tidewater", slug="tidewater")
    one = ApplicationFactory(student=person, company=company, role="Research Intern", url=TYPED[0], **fields)
    Application.objects.update(created_at=LONG_AGO)
    return one


def interview(person, **fields):
    RoundFactory(
        application=apply(person, stage="interviewing"), place=TYPED[1], people="Jo Marsh", notes="Ask why", **fields
    )
    InterviewRound.objects.update(created_at=LONG_AGO)


def follow(person, season, **fields):
    kind = "scheme" if "closes_on" in fields else "internship"
    company = CompanyFactory(name="Tidewater", slug="tidewater")
    programme = ProgrammeFactory(company=company, name="Fellows", kind=kind, url=TYPED[2])
    Cycle.objects.create(programme=programme, season=season, state="confirmed", zone="Europe/London", **fields)
    Following.objects.create(person=person, programme=programme)
    Following.objects.update(created_at=LONG_AGO)


def moved(person, season):
    follow(person, season, opens_on=dt.date(2026, 12, 1))
    cycle = Cycle.objects.get()
    cycle.opens_on = dt.date(2026, 12, 8)
    shared_list.save_cycle(cycle=cycle, by=None, at=morning(2026, 11, 10))


def answered(person):
    company = CompanyFactory(name="Tidewater", slug="tidewater")
    proposal = shared_list.propose_change(
        of=company, values={"city": "Leith"}, why="", source_url="", by=person, at=LONG_AGO
    )
    shared_list.ask_proposer(proposal=proposal, answer="Which office?", by=person, at=morning(2026, 11, 10))


def share(person, grace, level):
    supervision = SupervisionFactory(student=person, supervisor=grace, level="nothing")
    sharing.change_level(supervision=supervision, level=level, by=person, at=morning(2026, 11, 10))


def asked(person, grace, **answer):
    supervision = SupervisionFactory(student=person, supervisor=grace, level="nothing")
    wish = sharing.Wish("letter", "For a summer in Leith", due_on=dt.date(2026, 11, 24))
    made = sharing.ask(student=person, supervision=supervision, email="", wish=wish, at=LONG_AGO, on=LONG_AGO.date())
    Request.objects.update(mail_due_at=None)
    if answer:
        sharing.answer(request=made, text="", by=grace, on=dt.date(2026, 11, 10), **answer)


def commented(person, grace):
    supervision = SupervisionFactory(student=person, supervisor=grace, level="stages")
    sharing.say(
        supervision=supervision, application=apply(person), text="Go for it", by=grace, at=morning(2026, 11, 10)
    )


def wrote(person):
    one = add_contact(facts=Facts("Ann Bee", "friend"), by=person, at=LONG_AGO)
    log_message(contact=one, kind=Said.SENT, on=dt.date(2026, 10, 26), text="", by=person, today=dt.date(2026, 10, 26))


FACTS = {
    Rule.SIGN_IN: lambda p, s, g: SignIn.objects.create(user=p, at=morning(2026, 11, 10), device="Firefox on Linux"),
    Rule.SHARING_CHANGED: lambda p, s, g: share(p, g, "stages"),
    Rule.LEAVING: lambda p, s, g: User.objects.filter(pk=p.pk).update(leaving_since=morning(2026, 11, 10)),
    Rule.EXPORT_READY: lambda p, s, g: p.archives.create(
        way="out", asked_at=morning(2026, 11, 10), ended_at=morning(2026, 11, 10), stored_as="archives/x"
    ),
    Rule.INTERVIEW_SOON: lambda p, s, g: (Times.objects.create(person=p, hour_before=True), interview(p)),
    Rule.INTERVIEW_TOMORROW: lambda p, s, g: interview(p),
    Rule.OFFER_ANSWER: lambda p, s, g: Offer.objects.create(
        application=apply(p, stage="offer"), answer_by=dt.date(2026, 11, 24)
    ),
    Rule.REQUEST_DUE: lambda p, s, g: asked(p, g),
    Rule.POSTING_CLOSES: lambda p, s, g: apply(p, closes_on=dt.date(2026, 12, 4)),
    Rule.DEBRIEF: lambda p, s, g: interview(p),
    Rule.WEEKLY_PLAN: lambda p, s, g: apply(p, next_step="Ask for a referral", next_step_on=dt.date(2026, 11, 12)),
    Rule.FOLLOW_UP: lambda p, s, g: apply(p, stage="applied", applied_on=dt.date(2026, 10, 26)),
    Rule.OUTREACH: lambda p, s, g: wrote(p),
    Rule.REQUEST_ANSWERED: lambda p, s, g: asked(p, g, standing="promised", at=morning(2026, 11, 10)),
    Rule.COMMENTED: lambda p, s, g: commented(p, g),
    Rule.SCHEME_CLOSES: lambda p, s, g: follow(p, s, closes_on=dt.date(2027, 2, 12)),
    Rule.PROGRAMME_OPENS: lambda p, s, g: follow(p, s, opens_on=dt.date(2026, 11, 12)),
    Rule.PROGRAMME_MOVED: lambda p, s, g: moved(p, s),
    Rule.PROPOSAL_RESULT: lambda p, s, g: answered(p),
    Rule.WINDOW_OPENS: lambda p, s, g: None,
    Rule.WINDOW_HALF: lambda p, s, g: None,
    Rule.WINDOW_CLOSING: lambda p, s, g: None,
    Rule.DIGEST: lambda p, s, g: share(p, g, "summary"),
    Rule.PEOPLE_KEPT: lambda p, s, g: add_contact(facts=Facts("Ann Bee", "friend"), by=p, at=morning(2025, 5, 20)),
    Rule.PAUSE_QUESTION: lambda p, s, g: User.objects.filter(pk=p.pk).update(last_seen_on=dt.date(2026, 10, 20)),
}
DUE = {
    Rule.SIGN_IN: morning(2026, 11, 10),
    Rule.SHARING_CHANGED: morning(2026, 11, 10),
    Rule.LEAVING: morning(2026, 11, 10),
    Rule.EXPORT_READY: morning(2026, 11, 10),
    Rule.INTERVIEW_SOON: STARTS - HOUR,
    Rule.INTERVIEW_TOMORROW: STARTS - 21 * HOUR,
    Rule.OFFER_ANSWER: morning(2026, 11, 17),
    Rule.REQUEST_DUE: morning(2026, 11, 17),
    Rule.POSTING_CLOSES: morning(2026, 12, 2),
    Rule.DEBRIEF: STARTS + 3 * HOUR,
    Rule.WEEKLY_PLAN: morning(2026, 11, 9),
    Rule.FOLLOW_UP: morning(2026, 11, 10),
    Rule.OUTREACH: morning(2026, 11, 9),
    Rule.REQUEST_ANSWERED: morning(2026, 11, 10),
    Rule.COMMENTED: morning(2026, 11, 10),
    Rule.SCHEME_CLOSES: morning(2027, 2, 5),
    Rule.PROGRAMME_OPENS: morning(2026, 11, 12),
    Rule.PROGRAMME_MOVED: morning(2026, 11, 10),
    Rule.PROPOSAL_RESULT: morning(2026, 11, 10),
    Rule.WINDOW_OPENS: morning(2026, 10, 1, 7),
    Rule.WINDOW_HALF: morning(2026, 12, 1),
    Rule.WINDOW_CLOSING: morning(2027, 1, 15),
    Rule.DIGEST: morning(2026, 12, 1),
    Rule.PEOPLE_KEPT: morning(2026, 12, 1),
    Rule.PAUSE_QUESTION: morning(2026, 11, 19),
}
ROUNDS = {Rule.INTERVIEW_SOON, Rule.INTERVIEW_TOMORROW, Rule.DEBRIEF}
APPLICATIONS = {Rule.OFFER_ANSWER, Rule.POSTING_CLOSES, Rule.FOLLOW_UP}
PROGRAMMES = {Rule.SCHEME_CLOSES, Rule.PROGRAMME_OPENS}
WINDOWS = {Rule.WINDOW_OPENS, Rule.WINDOW_HALF, Rule.WINDOW_CLOSING}


@pytest.fixture
def ada(student, season):
    return student(email="ada@waymark.example", name="Ada Whitlock")


@pytest.fixture
def make(ada, season, grace, weekly_plans):
    """Return a function that makes what a rule tells of; it returns who hears of that and of nothing else."""

    def made(rule):
        FACTS[rule](ada, season, grace)
        for person in (ada, grace):
            hears_only(person, rule.kind)
        Preference.objects.create(person=grace, kind="digest", by_mail="now") if rule is Rule.DIGEST else None
        return grace if rule in {Rule.DIGEST, Rule.REQUEST_DUE} else ada

    return made


@pytest.fixture
def letter(make):
    """Return a function that returns the letter of a rule, as it leaves."""

    def written(rule):
        make(rule)
        return posted(DUE[rule])[rule.value]

    return written


def everything():
    """Return every row of ours, to compare."""
    names = ("accounts", "companies", "applications", "outreach", "supervision", "reminders", "sessions")
    models = [model for model in apps.get_models() if model._meta.app_label in names]
    return {model: json.dumps(list(model.objects.order_by("pk").values()), cls=DjangoJSONEncoder) for model in models}


def seen(message):
    """Return the page of a letter as it is read: without what only the list of mails shows."""
    tree = HTMLParser(message.alternatives[0].content)
    tree.strip_tags(["style", "title"])
    tree.css_first("div[style*='display:none']").decompose()
    return tree


def said(text):
    return set(re.findall(r"\w+", re.sub(r"https?://\S+", "", text)))


def test_every_rule_has_its_letter_here():
    assert set(FACTS) == set(DUE) == set(Rule)


@pytest.mark.parametrize("rule", list(Rule))
def test_both_parts_say_the_same_words(letter, rule):
    message = letter(rule)
    text, html = said(message.body), said(seen(message).body.text(separator=" "))
    assert (text - html, html - text - {"Waymark"}) == (set(), set())
    assert "\n\n\n" not in message.body


@pytest.mark.parametrize("rule", list(Rule))
def test_a_letter_is_short_plain_and_leads_only_to_us_and_to_what_somebody_typed(letter, rule, settings):
    message = letter(rule)
    page, links = message.alternatives[0].content, re.findall(r"https?://[^\s\"<]+", message.body)
    links += [link.attributes["href"] for link in HTMLParser(page).css("a")]
    assert len(message.subject) <= 60
    assert [
        word for word in ("Tidewater", "Research Intern", "Fellows", "Jo", "Grace", "Ann") if word in message.subject
    ] == []
    assert HTMLParser(page).css("img, script, link, form, iframe, object, video, [background]") == []
    assert "url(" not in page
    assert re.findall(FORBIDDEN, message.body + page, re.IGNORECASE) == []
    assert [link for link in links if not link.startswith((f"{settings.SITE_URL}/", *TYPED))] == []
    assert len(message.message().as_bytes()) < 20_000


@pytest.mark.parametrize("rule", list(Rule))
def test_headers_say_what_a_letter_is(letter, rule):
    headers = letter(rule).extra_headers
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == Delivery.objects.exclude(message_id=None).get().message_id
    stops = {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(headers)
    assert len(stops) == (0 if rule.kind in FIXED else 2)
    thread = [f"<application-{one.public_id}@waymark.example>" for one in Application.objects.all()]
    assert [headers[name] for name in headers if name == "References"] == thread * (rule in ROUNDS | APPLICATIONS)


@pytest.mark.parametrize("rule", list(Rule))
def test_looking_at_its_links_changes_nothing_and_stopping_stops_its_kind_alone(letter, rule):
    message = letter(rule)
    ours = re.findall(r"https?://[^/\s]+(/e/[^\s#]+)", message.body)
    before = everything()
    assert {Client().get(path).status_code for path in ours} <= {200}
    assert everything() == before
    if rule.kind in FIXED:
        assert ours == []
        return
    stop = re.search(r"https?://[^/]+([^>]+)>", message.extra_headers["List-Unsubscribe"])[1]
    assert stop in ours
    kept = set(Preference.objects.values_list("person", "kind", "by_mail"))
    assert Client(enforce_csrf_checks=True).post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    person = User.objects.get(email=message.to[0])
    now = set(Preference.objects.values_list("person", "kind", "by_mail"))
    assert now - kept == {(person.pk, rule.kind.value, "off")}
    rest = {Times} if rule.kind is Kind.PAUSE else set()
    assert {model for model, rows in everything().items() if rows != before[model]} == {Preference} | rest


@pytest.mark.parametrize("rule", list(Rule))
def test_a_pause_holds_back_all_that_can_wait(make, rule):
    person = make(rule)
    Times.objects.update_or_create(person=person, defaults={"paused_until": dt.date(2027, 6, 1)})
    assert (rule.value in posted(DUE[rule])) == (rule.kind in ALONE)


@pytest.mark.parametrize("rule", [rule for rule in Rule if rule.kind not in FIXED])
def test_what_is_over_is_not_mailed(make, season, rule):
    person = make(rule)
    actions.make_plan(at=DUE[rule] - HOUR)
    if rule in WINDOWS:
        ApplicationFactory(student=person, season=season, stage="offer", outcome="accepted")
    if rule is Rule.PROGRAMME_MOVED:
        Following.objects.all().delete()
    Proposal.objects.update(state="waiting", decided_at=None)
    Application.objects.filter(outcome="").update(stage="closed", outcome="no_reply")
    Cycle.objects.update(state="closed")
    Contact.objects.update(follow_up_on=None, created_at=DUE[rule])
    Supervision.objects.update(ended_at=LONG_AGO)
    Request.objects.update(standing="withdrawn", answered_at=LONG_AGO)
    User.objects.filter(pk=person.pk).update(last_seen_on=DUE[rule].date())
    assert rule.value not in posted(DUE[rule])


@pytest.mark.parametrize(
    "rule", sorted(ROUNDS | APPLICATIONS | PROGRAMMES | WINDOWS | {Rule.WEEKLY_PLAN, Rule.OUTREACH})
)
def test_what_was_moved_is_not_mailed_on_its_former_day(make, rule):
    person = make(rule)
    actions.make_plan(at=DUE[rule] - HOUR)
    later, number = dt.date(2027, 3, 3), InterviewRound.objects.values_list("revision", flat=True).first()
    Application.objects.filter(stage="applied").update(applied_on=DUE[rule].date())
    Application.objects.exclude(closes_on=None).update(closes_on=later)
    Offer.objects.update(answer_by=later)
    Contact.objects.update(follow_up_on=later)
    InterviewRound.objects.update(on=later, starts_at=STARTS + 111 * DAY, revision=(number or 0) + 1)
    Cycle.objects.update(opens_on=later, closes_on=later + 30 * DAY)
    Season.objects.update(opens_on=later, closes_on=later + 30 * DAY)
    Times.objects.update_or_create(person=person, defaults={"weekly_day": 3})
    assert rule.value not in posted(DUE[rule])


@pytest.mark.parametrize("zone", ["Europe/London", "Europe/Zurich", "America/New_York"])
@pytest.mark.parametrize(
    "on", [(2026, 10, 24), (2026, 10, 25), (2026, 10, 26), (2026, 11, 1), (2027, 3, 14), (2027, 3, 28), (2027, 3, 29)]
)
def test_a_letter_leaves_at_eight_on_the_readers_clock_whatever_was_done_to_clocks(student, zone, on):
    day, person = dt.date(*on), student(time_zone=zone)
    hears_only(person, Kind.CLOSING)
    apply(person, closes_on=day + 2 * DAY, zone=zone)
    eight = dt.datetime.combine(day, dt.time(8), ZoneInfo(zone))
    assert posted(eight.astimezone(dt.UTC) - dt.timedelta(minutes=1)) == {}
    message = posted(eight.astimezone(dt.UTC))["posting_closes"]
    assert Delivery.objects.get(channel="mail").due_at == eight
    assert message.body.count(f"{day + 2 * DAY:%A} {(day + 2 * DAY).day}") >= 1
