"""What letters say, and how they are built."""

import datetime as dt
import email
from dataclasses import replace
from email.policy import default

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import SeasonPlan
from reminders import actions, tokens
from reminders.letters import compose
from reminders.models import Delivery, Times
from reminders.plan import Kind
from reminders.queries import facts_of
from tests.factories import ApplicationFactory, CompanyFactory, RoundFactory
from tests.reminders.conftest import hears_only

EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)
OPENS = dt.datetime(2026, 10, 1, 7, 0, tzinfo=dt.UTC)
HALF = dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
CLOSING = dt.datetime(2027, 1, 15, 8, 0, tzinfo=dt.UTC)
FORBIDDEN = r"\b(invalid|oops|please|sorry|successfully|failed|rejected|ghosted|lead|CRM)\b|!(?!doctype|important)"


@pytest.fixture
def ada(student):
    return at_any_hour(student(email="ada@waymark.example", name="Ada Whitlock"))


def at_any_hour(person):
    """Let somebody hear of interviews and the window alone, by night as well."""
    Times.objects.create(person=person, quiet_from=dt.time(0), quiet_until=dt.time(0))
    return hears_only(person, Kind.INTERVIEWS, Kind.WINDOW)


def letter(at: dt.datetime):
    """Plan, claim and compose the one letter that is due."""
    actions.make_plan(at=at)
    (mail,) = actions.claim(at=at).mails
    return compose(mail.facts, at=at, also=mail.also)


def arrived(message):
    """The message as a mail program reads it."""
    return email.message_from_bytes(message.message().as_bytes(), policy=default)


def html(message) -> HTMLParser:
    return HTMLParser(message.alternatives[0].content)


def test_an_interview_tomorrow_says_who_where_and_when(ada):
    company = CompanyFactory(name="Northlight Labs")
    RoundFactory(
        application__student=ada, application__company=company, application__role="Research Intern", minutes=45,
        with_whom="researcher", people="Jo Marsh", place="https://meet.example.org/r/1?a=1&b=2",
    )  # fmt: skip
    message = letter(EVENING)
    assert message.subject == "Tomorrow 15:00: research discussion"
    assert message.to == ["ada@waymark.example"]
    assert message.body.splitlines()[:10] == [
        "Tomorrow 15:00: research discussion",
        "",
        "Northlight Labs, Research Intern",
        "",
        "When    Thursday 12 November, 15:00 GMT (London), 45 minutes",
        "With    Researcher: Jo Marsh",
        "Where   https://meet.example.org/r/1?a=1&b=2",
        "",
        "Say what you think as you go: they want to see how you work, not only the answer.",
        "",
    ]
    links = [link.attributes["href"] for link in html(message).css("a")]
    assert links[0] == "https://meet.example.org/r/1?a=1&b=2"


def test_what_is_not_known_leaves_no_gap(ada):
    RoundFactory(application__student=ada, with_whom="", people="", place="", minutes=None)
    lines = letter(EVENING).body.splitlines()
    assert lines[4] == "When    Thursday 12 November, 15:00 GMT (London)"
    assert lines[5] == ""
    assert "\n\n\n" not in "\n".join(lines)


LONDON, ZURICH, TOKYO = "Europe/London", "Europe/Zurich", "Asia/Tokyo"
NEW_YORK, LOS_ANGELES = "America/New_York", "America/Los_Angeles"


@pytest.mark.parametrize(
    ("own", "theirs", "on", "time", "when", "beside"),
    [
        (LONDON, LOS_ANGELES, (2026, 11, 12), 7, "Thursday 12 November, 15:00 GMT (London)", "07:00 PST (Los Angeles)"),
        (ZURICH, LONDON, (2026, 10, 26), 9, "Monday 26 October, 10:00 CET (Zurich)", "09:00 GMT (London)"),
        (LONDON, LONDON, (2026, 10, 25), 12, "Sunday 25 October, 12:00 GMT (London)", ""),
        (LONDON, NEW_YORK, (2026, 10, 27), 10, "Tuesday 27 October, 14:00 GMT (London)", "10:00 EDT (New York)"),
        (NEW_YORK, ZURICH, (2027, 3, 15), 16, "Monday 15 March, 11:00 EDT (New York)", "16:00 CET (Zurich)"),
        (LONDON, "UTC", (2026, 10, 24), 12, "Saturday 24 October, 13:00 BST (London)", "12:00 UTC"),
        (ZURICH, ZURICH, (2027, 3, 28), 12, "Sunday 28 March, 12:00 CEST (Zurich)", ""),
        (
            TOKYO, NEW_YORK, (2026, 11, 11), 20,
            "Thursday 12 November, 10:00 JST (Tokyo)", "Wed 11 Nov, 20:00 EST (New York)",
        ),
    ],
)  # fmt: skip
def test_times_are_the_students_own_with_theirs_beside(student, own, theirs, on, time, when, beside):
    person = at_any_hour(student(time_zone=own))
    one = RoundFactory(application__student=person, on=dt.date(*on), time=dt.time(time), zone=theirs)
    lines = letter(one.starts_at - dt.timedelta(hours=10)).body.splitlines()
    assert lines[4] == f"When    {when}"
    assert [line for line in lines if line.startswith("Theirs")] == ([f"Theirs  {beside}"] if beside else [])


def test_a_letter_that_leaves_on_the_day_says_today(ada):
    RoundFactory(application__student=ada, kind="fundamentals")
    assert letter(EVENING + dt.timedelta(hours=15)).subject == "Today 15:00: ML fundamentals"


@pytest.mark.parametrize(
    ("place", "links"),
    [("https://x.example/1", 1), ("https://x.example/1 code 123", 0), ("Room 4", 0), ("ftp://x.example", 0)],
)
def test_only_a_whole_address_becomes_a_link(ada, place, links):
    RoundFactory(application__student=ada, place=place)
    message = letter(EVENING)
    assert f"Where   {place}" in message.body.splitlines()
    assert len(html(message).css('a[href*="x.example"]')) == links


def test_the_demo_announces_an_interview_as_soon_as_its_eve_begins(ada, settings):
    settings.WAYMARK_EVENING = dt.time(0)
    RoundFactory(application__student=ada)
    message = letter(dt.datetime(2026, 11, 11, 0, 0, tzinfo=dt.UTC))
    assert message.subject == "Tomorrow 15:00: research discussion"
    assert "You get this on the day before an interview.\n" in message.body


def test_the_window_is_announced_two_weeks_before(ada, season):
    assert letter(OPENS - dt.timedelta(days=16)).subject == "The application window opens on 1 October"


def test_the_window_opens(ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24)
    message = letter(OPENS)
    assert message.subject == "The application window is open"
    assert message.body.splitlines()[2] == "It runs until 31 January 2027, for Summer 2027. You want to send 24."


def test_half_way_counts_what_was_sent_within_the_window(ada, season):
    SeasonPlan.objects.create(student=ada, season=season, goal=24)
    for day in (1, 2, 3):
        ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, 10, day))
    ApplicationFactory(student=ada, stage="applied", applied_on=dt.date(2026, 9, 30))
    message = letter(HALF)
    assert message.subject == "Half-way: 3 sent, 9 weeks left"
    assert message.body.splitlines()[2] == ("You have sent 3 of 24. 21 to go in 9 weeks: between 2 and 3 a week.")


def test_two_weeks_left_names_what_is_not_sent(ada, season):
    ApplicationFactory(student=ada, stage="preparing")
    ApplicationFactory(student=ada, stage="interested")
    message = letter(CLOSING)
    assert message.subject == "Two weeks left in the window"
    assert message.body.splitlines()[4] == (
        "2 of yours are not sent yet. Send what is nearly ready; late ones are fine, many roles stay open into spring."
    )


@pytest.mark.parametrize(("at", "kind"), [(EVENING, Kind.INTERVIEWS), (OPENS, Kind.WINDOW)])
def test_headers_let_a_mail_program_stop_this_kind_in_one_click(ada, season, at, kind):
    RoundFactory(application__student=ada)
    sent = letter(at)
    message = arrived(sent)
    address = message["List-Unsubscribe"].removeprefix("<").removesuffix(">")
    token = address.removeprefix("http://testserver/e/").removesuffix("/")
    assert tokens.read(token) == tokens.Stop(person=ada.public_id, kind=kind)
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in sent.message().as_bytes()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == Delivery.objects.get(channel="mail").message_id
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_what_arrives_is_what_was_written_in_short_plain_lines(ada):
    company = CompanyFactory(name="Žižkov Läb " + "x" * 140, slug="zizkov")
    RoundFactory(application__student=ada, application__company=company, place="https://x.example/" + "y" * 480)
    sent = letter(EVENING)
    message, raw = arrived(sent), sent.message().as_bytes()
    text, page = message.iter_parts()
    assert text.get_content().replace("\r\n", "\n") == sent.body
    assert page.get_content().replace("\r\n", "\n") == sent.alternatives[0].content
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) < 200
    assert message.defects == []


def test_letters_about_one_application_form_a_thread(ada):
    one = RoundFactory(application__student=ada)
    message = arrived(letter(EVENING))
    assert message["References"] == f"<application-{one.application.public_id}@waymark.example>"


def test_what_people_typed_is_text_and_not_markup(ada):
    company = CompanyFactory(name="Böse & <b>Söhne</b>")
    RoundFactory(
        application__student=ada, application__company=company, people="<script>alert(1)</script>", place="javascript:x"
    )
    message = letter(EVENING)
    assert "Böse & <b>Söhne</b>, " in message.body
    assert "<script" not in message.alternatives[0].content
    assert "Böse &amp; &lt;b&gt;Söhne&lt;/b&gt;" in message.alternatives[0].content
    assert 'href="javascript' not in message.alternatives[0].content


def test_line_breaks_in_what_people_typed_stay_out_of_headers(ada):
    RoundFactory(application__student=ada, application__role="Intern\r\nBcc: x@example.org")
    message = arrived(letter(EVENING))
    assert message["Bcc"] is None


def test_a_letter_says_the_same_at_every_try(ada):
    RoundFactory(application__student=ada)
    actions.make_plan(at=EVENING)
    first = actions.claim(at=EVENING).mails[0]
    again = actions.claim(at=EVENING + dt.timedelta(minutes=3)).mails[0]
    one, two = compose(first.facts, at=EVENING), compose(again.facts, at=EVENING + dt.timedelta(minutes=3))
    assert one.extra_headers.pop("Date") == "Wed, 11 Nov 2026 18:00:00 +0000"
    assert two.extra_headers.pop("Date") == "Wed, 11 Nov 2026 18:03:00 +0000"
    assert (one.subject, one.body, one.extra_headers) == (two.subject, two.body, two.extra_headers)


@pytest.mark.parametrize("count", [1, 3])
def test_facts_of_windows_cost_the_same_queries_for_many_as_for_one(student, season, count, django_assert_num_queries):
    for _ in range(count):
        ApplicationFactory(student=student())
    actions.make_plan(at=OPENS)
    rows = list(Delivery.objects.filter(channel="mail").select_related("person"))
    with django_assert_num_queries(6):
        assert len(facts_of(rows, at=OPENS)) == count


def test_the_action_leads_to_pages_that_exist(ada, season, client_of):
    one = RoundFactory(application__student=ada)
    actions.make_plan(at=OPENS)
    actions.make_plan(at=EVENING)
    actions.tell(at=EVENING)
    paths = [reverse("applications:round", args=[one.public_id])]
    assert list(ada.notices.values_list("url", flat=True)) == paths
    assert [client_of(ada).get(path).status_code for path in [*paths, reverse("applications:window")]] == [200, 200]


def test_a_letter_without_its_facts_is_not_written(ada, season):
    RoundFactory(application__student=ada, on=dt.date(2026, 10, 2), time=dt.time(9))
    actions.make_plan(at=OPENS)
    for row in Delivery.objects.filter(channel="mail").select_related("person"):
        (facts,) = facts_of([row], at=OPENS)
        if facts.round:
            facts.round.starts_at = None
        bare = facts if facts.round else replace(facts, about=None)
        with pytest.raises(ValueError, match="needs it"):
            compose(bare, at=OPENS)
