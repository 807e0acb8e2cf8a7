"""What the letters about applications and rounds say."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import (
    Application,
    Document,
    DocumentVersion,
    InterviewRound,
    Offer,
    PrepItem,
    Requirement,
    SentDocument,
)
from reminders import words
from reminders.actions import make_plan
from reminders.letters import compose
from reminders.models import Delivery, Times
from reminders.queries import facts_of
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tests.reminders.conftest import LONG_AGO
from tests.reminders.test_letters import FORBIDDEN

CLOSES = dt.date(2026, 12, 4)
TWO_BEFORE = dt.datetime(2026, 12, 2, 8, 0, tzinfo=dt.UTC)
FOLLOW_UP = dt.datetime(2026, 11, 10, 8, 0, tzinfo=dt.UTC)
ANSWER = dt.datetime(2026, 11, 17, 8, 0, tzinfo=dt.UTC)
STARTS = dt.datetime(2026, 11, 12, 15, 0, tzinfo=dt.UTC)
BEFORE = STARTS - dt.timedelta(hours=1)
AFTER = STARTS + dt.timedelta(hours=3)


@pytest.fixture
def ada(student):
    person = student(email="ada@waymark.example", name="Ada Whitlock")
    Times.objects.create(person=person, hour_before=True)
    return person


@pytest.fixture
def helio(db):
    return CompanyFactory(name="Helio Research")


def application(person, company, **fields) -> Application:
    one = ApplicationFactory(student=person, company=company, role="Research Scientist Intern", **fields)
    Application.objects.filter(pk=one.pk).update(created_at=LONG_AGO)
    return one


def interview(person, company, **fields) -> InterviewRound:
    one = RoundFactory(application=application(person, company, stage="interviewing"), **fields)
    InterviewRound.objects.filter(pk=one.pk).update(created_at=LONG_AGO)
    return one


def facts(rule: str, at: dt.datetime):
    make_plan(at=at)
    (row,) = Delivery.objects.filter(rule=rule, channel="mail").select_related("person")
    return facts_of([row], at=at)[0]


def letter(rule: str, at: dt.datetime):
    return compose(facts(rule, at), at=at)


def body(message) -> list[str]:
    """The lines above the actions and the foot."""
    return message.body.partition("\n--\n")[0].rstrip().splitlines()


def attach(one: Application, *names: str) -> None:
    for name in names:
        document = Document.objects.create(student=one.student, name=name)
        version = DocumentVersion.objects.create(
            document=document, number=1, stored_as=name, file_name=name, media_type="application/pdf", size=1,
            sha256="0" * 64, uploaded_at=LONG_AGO,
        )  # fmt: skip
        SentDocument.objects.create(application=one, version=version, on=CLOSES)


def test_a_posting_that_closes_says_what_is_ready_and_what_is_missing(ada, helio):
    one = application(ada, helio, stage="preparing", closes_on=CLOSES, url="https://jobs.example.org/7?a=1&b=2",
        next_step="Ask Jo to read it")  # fmt: skip
    attach(one, "CV", "Research summary")
    for position, (text, meets) in enumerate([
        ("A PhD in progress", "yes"), ("Papers", "partly"), ("JAX", "no"), ("Speech", ""), ("C++", ""), ("Rust", "no"),
    ]):  # fmt: skip
        Requirement.objects.create(application=one, text=text, meets=meets, position=position)
    message = letter("posting_closes", TWO_BEFORE)
    assert message.subject == "Closes on Friday: one you are preparing"
    assert body(message)[:17] == [
        "Closes on Friday: one you are preparing",
        "",
        "Helio Research, Research Scientist Intern",
        "",
        "Closes   Friday 4 December, at the end of the day anywhere on earth",
        "For you  Saturday 5 December, 11:59 GMT (London)",
        "Ready    CV, Research summary. You meet 1 of 6 of what they ask for.",
        "Posting  https://jobs.example.org/7?a=1&b=2",
        "",
        "What is missing:",
        "- JAX",
        "- Speech",
        "- C++",
        "- and 1 more of what they ask for",
        "- your next step: Ask Jo to read it",
        "",
        "If you meet most of what a role asks for, apply.",
    ]
    assert f"Open it in Waymark: http://testserver/applications/{one.public_id}/" in message.body.splitlines()
    links = [link.attributes["href"] for link in HTMLParser(message.alternatives[0].content).css("a")]
    assert links[0] == "https://jobs.example.org/7?a=1&b=2"


@pytest.mark.parametrize(
    ("at", "closes_on", "near"),
    [
        (dt.datetime(2026, 11, 27, 8, 0, tzinfo=dt.UTC), CLOSES, "on 4 December"),
        (dt.datetime(2026, 12, 3, 9, 0, tzinfo=dt.UTC), CLOSES, "tomorrow"),
        (dt.datetime(2026, 12, 4, 9, 0, tzinfo=dt.UTC), CLOSES, "today"),
    ],
)
def test_the_subject_says_how_far_the_day_is_when_it_leaves(ada, helio, at, closes_on, near):
    application(ada, helio, closes_on=closes_on, zone="Europe/London")
    message = letter("posting_closes", at)
    assert message.subject == f"Closes {near}: one you saved"
    assert body(message)[4:8] == [
        "Closes   Friday 4 December, at the end of the day", "", "What is missing:",
        "- a document to send: none is attached",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("way_in", "advice"),
    [
        ("asked", "A referral is under way: check with them first."),
        ("referred", "You are referred: submit now."),
    ],
)
def test_one_on_hold_says_what_it_waits_for(ada, helio, way_in, advice):
    one = application(ada, helio, closes_on=CLOSES, on_hold=True, way_in=way_in)
    attach(one, "CV")
    assert body(letter("posting_closes", TWO_BEFORE))[8:11] == ["Nothing that you noted is missing.", "", advice]


DRAFT = (
    "  I applied for Research Scientist Intern on 26 October and remain very interested, in … above all. Is there "
    "anything I can add?"
)


def test_a_follow_up_brings_a_draft_of_three_lines(ada, helio):
    one = application(ada, helio, stage="applied", applied_on=dt.date(2026, 10, 26))
    message = letter("follow_up", FOLLOW_UP)
    assert message.subject == "A short follow-up is due"
    assert body(message)[2:9] == [
        "You applied for Research Scientist Intern at Helio Research on 26 October. That is 15 days.",
        "One short note is normal, and one is enough. Here is one to change:",
        "",
        "  Dear …,",
        DRAFT,
        "  Best wishes, Ada Whitlock",
        "",
    ]
    assert f"Copy the draft: http://testserver/applications/{one.public_id}/draft/follow-up/" in message.body


def test_an_answer_that_is_due_says_what_is_known_and_what_to_ask(ada, helio):
    one = application(ada, helio, stage="offer")
    Offer.objects.create(
        application=one, answer_by=dt.date(2026, 11, 24), project="Speech models", mentor="Jo Marsh",
        pay=Decimal(4200), currency="GBP", place="Zurich", visa="sponsor", hours="full", closeness="close",
        publishing="yes", compute="A cluster", starts_on=dt.date(2027, 6, 7), ends_on=dt.date(2027, 9, 10),
    )  # fmt: skip
    message = letter("offer_answer", ANSWER)
    assert message.subject == "Answer due on 24 November"
    lines = body(message)
    assert lines[2:8] == [
        "Helio Research, Research Scientist Intern", "", "Your answer is due in 7 days, on Tuesday 24 November.", "",
        "What you know:", "- Project and mentor: Speech models. With Jo Marsh",
    ]  # fmt: skip
    assert "- Pay: 4,200 GBP a month" in lines
    open_from = lines.index("Still open, and worth a question:")
    assert lines[open_from + 1 : open_from + 6] == [
        "- May I use the work in my thesis, and who owns the code and patents?",
        "- What did earlier interns leave with: papers, code?",
        "",
        f"Ask for more time, with a draft: http://testserver/applications/{one.public_id}/draft/more-time/",
        "",
    ]
    assert "Compare offers: http://testserver/offers/" in lines


def test_an_offer_of_which_nothing_is_known_asks_three_questions(ada, helio):
    Offer.objects.create(application=application(ada, helio, stage="offer"), answer_by=dt.date(2026, 11, 24))
    lines = body(letter("offer_answer", ANSWER))
    assert "What you know:" not in lines
    open_from = lines.index("Still open, and worth a question:")
    assert lines[open_from + 4] == "- and 8 more in the comparison"


def test_the_hour_before_has_the_link_and_two_lines_of_notes(ada, helio):
    one = interview(ada, helio, place="https://meet.example.org/r/1", with_whom="researcher", people="Jo Marsh",
        notes="Ask about data.\n\n  Say the summary first. \nThird line")  # fmt: skip
    message = letter("interview_soon", BEFORE)
    assert message.subject == "In one hour: research discussion"
    assert body(message)[2:11] == [
        "Helio Research, Research Scientist Intern", "",
        "When    Thursday 12 November, 15:00 GMT (London)",
        "Where   https://meet.example.org/r/1",
        "With    Researcher: Jo Marsh", "",
        "Your notes:", "Ask about data.", "Say the summary first.",
    ]  # fmt: skip
    assert f"Open the round: http://testserver/rounds/{one.public_id}/" in message.body
    assert "Third line" not in message.body


@pytest.mark.parametrize(("late", "subject"), [(9, "In one hour"), (30, "In 30 minutes"), (59, "In 1 minute")])
def test_an_hour_that_is_shorter_by_now_is_said_to_be(ada, helio, late, subject):
    interview(ada, helio)
    message = letter("interview_soon", BEFORE + dt.timedelta(minutes=late))
    assert message.subject == f"{subject}: research discussion"


def test_the_evening_before_says_how_far_the_preparation_is(ada, helio):
    one = interview(ada, helio)
    PrepItem.objects.create(round=one, text="Read", minutes=55)
    PrepItem.objects.create(round=one, text="Talk", minutes=20, done_at=LONG_AGO)
    message = letter("interview_tomorrow", STARTS - dt.timedelta(hours=21))
    assert "Plan    1 of 2 ready, 55 minutes left" in message.body.splitlines()


def test_a_debrief_asks_three_questions(ada, helio):
    one = interview(ada, helio)
    message = letter("debrief", AFTER)
    assert message.subject == "Five minutes while it is fresh"
    assert body(message)[2:8] == [
        "Research discussion, Helio Research, Thursday 12 November", "", "Three questions:",
        "- What were you asked?", "- Where did you show how you think?", "- What would you do differently?",
    ]  # fmt: skip
    assert f"Write it down: http://testserver/rounds/{one.public_id}/debrief/" in message.body


MAKERS = {
    "posting_closes": (lambda p, c: application(p, c, closes_on=CLOSES, url="https://x.example/1"), TWO_BEFORE),
    "follow_up": (lambda p, c: application(p, c, stage="applied", applied_on=dt.date(2026, 10, 26)), FOLLOW_UP),
    "offer_answer": (
        lambda p, c: Offer.objects.create(
            application=application(p, c, stage="offer"), answer_by=dt.date(2026, 11, 24)
        ),
        ANSWER,
    ),
    "interview_soon": (lambda p, c: interview(p, c, notes="One"), BEFORE),
    "debrief": (interview, AFTER),
    "interview_tomorrow": (interview, STARTS - dt.timedelta(hours=21)),
}


@pytest.mark.parametrize("rule", MAKERS)
def test_every_letter_keeps_the_house_rules(ada, helio, rule):
    make, at = MAKERS[rule]
    make(ada, helio)
    message = letter(rule, at)
    text, tree = message.body, HTMLParser(message.alternatives[0].content)
    assert len(message.subject) <= 60
    assert "Helio" not in message.subject
    assert "Scientist" not in message.subject
    assert tree.css("img, script, link, form, iframe") == []
    assert re.findall(FORBIDDEN, text + message.alternatives[0].content, re.IGNORECASE) == []
    tree.strip_tags(["style", "title"])
    shown = set(re.findall(r"\w+", tree.body.text(separator=" ")))
    assert set(re.findall(r"\w+", re.sub(r"https?://\S+", "", text))) - shown == set()
    assert "\n\n\n" not in text
    assert message.body.splitlines()[0] == message.subject
    assert len(message.message().as_bytes()) < 16_000


@pytest.mark.parametrize("rule", MAKERS)
def test_names_stand_in_a_subject_only_where_they_are_allowed_and_cut_to_sixty(ada, rule):
    Times.objects.update(names_in_subjects=True)
    make, at = MAKERS[rule]
    make(ada, CompanyFactory(name="Žižkov Läb", slug="zizkov"))
    message = letter(rule, at)
    assert len(message.subject) <= 60
    assert "Žižkov Läb" in message.subject
    assert message.message().as_bytes().isascii()


@pytest.mark.parametrize("rule", MAKERS)
def test_the_line_in_the_app_names_it_and_leads_to_a_page(ada, rule, client_of):
    make, at = MAKERS[rule]
    make(ada, CompanyFactory(name="L" * 120, slug="l"))
    Application.objects.update(role="R" * 200)
    about = facts(rule, at)
    text = words.line(about, "notice", words.context(about, at=at))
    assert 0 < len(text) <= 200
    assert client_of(ada).get(words.target(about)).status_code == 200


@pytest.mark.parametrize("rule", [rule for rule in MAKERS if rule != "offer_answer"])
def test_a_letter_without_its_facts_is_not_written(ada, helio, rule):
    make, at = MAKERS[rule]
    make(ada, helio)
    about = facts(rule, at)
    Application.objects.update(applied_on=None, closes_on=None)
    InterviewRound.objects.update(on=None, time=None, starts_at=None)
    (bare,) = facts_of([about.delivery], at=at)
    with pytest.raises(ValueError, match="needs it"):
        compose(bare, at=at)
