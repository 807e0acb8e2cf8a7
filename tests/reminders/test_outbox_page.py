"""What an operator sees of the outbox, and nobody else."""

import datetime as dt

import pytest

from reminders import actions
from reminders.letters import deliver
from reminders.models import Delivery, MailServer
from tests.factories import CompanyFactory, RoundFactory
from tests.reminders.conftest import hears_only

EVENING = dt.datetime(2026, 11, 11, 18, 0, tzinfo=dt.UTC)
PAGE = "/operations/outbox/"


@pytest.fixture
def operator(admin, client_of):
    return client_of(admin)


@pytest.fixture
def given_up(student, sink, clock):
    """Two mails that were refused and one that was sent, that evening."""
    company = CompanyFactory(name="Tidewater")
    for address in ("secret@x.example", "private@x.example", "ada@x.example"):
        person = hears_only(student(email=address), "interviews")
        RoundFactory(application__student=person, application__company=company)
        sink.refused |= {address: "550 No such person"} if address != "ada@x.example" else {}
    actions.make_plan(at=EVENING)
    deliver(clock=lambda: EVENING)
    clock.move_to(EVENING + dt.timedelta(seconds=30))
    return list(Delivery.objects.filter(state="failed").order_by("pk"))


def test_the_page_counts_by_rule_and_says_how_the_server_is(operator, given_up):
    text = operator.get(PAGE).text
    cells = ("Interview tomorrow", "<td>0</td><td>0</td><td>0</td><td>1</td><td>2</td><td>0</td><td>0</td>")
    assert all(cell in text for cell in cells)
    assert "Takes mails" in text
    assert "1 in the last minute, 1 in the last hour" in text
    assert text.count("SMTPRecipientsRefused 550") == 2


def test_the_page_tells_nothing_of_anybody(operator, given_up):
    text = operator.get(PAGE).text
    for private in ("secret", "private@x", "ada@x", "Tidewater", "research"):
        assert private not in text


@pytest.mark.parametrize(
    ("troubles", "minutes", "said"),
    [(2, 6, "Rests until Wed 11 Nov, 18:06 GMT, after 2 troubles in a row"), (1, -1, "One mail is tried next")],
)
def test_the_page_says_when_the_server_rests(operator, given_up, troubles, minutes, said):
    until = EVENING + dt.timedelta(minutes=minutes)
    MailServer.objects.create(troubles=troubles, rests_until=until)
    assert said in operator.get(PAGE).text


def test_an_empty_outbox_says_so(operator, clock):
    assert "Nothing planned yet" in operator.get(PAGE).text


def test_one_mail_is_tried_again_or_all(operator, given_up, sink):
    sink.refused.clear()
    assert operator.post(f"{PAGE}again/", {"delivery": given_up[0].pk}).headers["Location"] == PAGE
    assert deliver(clock=lambda: EVENING + dt.timedelta(minutes=2)).sent == 1
    operator.post(f"{PAGE}again/")
    assert deliver(clock=lambda: EVENING + dt.timedelta(minutes=3)).sent == 1
    assert set(Delivery.objects.filter(channel="mail").values_list("state", flat=True)) == {"sent"}
    assert len(set(sink.message_ids)) == len(sink.message_ids) == 3


def test_what_is_too_late_is_not_tried_again(operator, given_up, clock):
    clock.move_to(EVENING + dt.timedelta(days=2))
    assert "Try" not in operator.get(PAGE).text
    assert "0 e-mails go out" in operator.post(f"{PAGE}again/", {"delivery": given_up[0].pk}, follow=True).text
    assert Delivery.objects.filter(state="failed").count() == 2


@pytest.mark.parametrize("wrong", ["x", "-1", "٣", "9" * 30])
def test_a_key_that_is_none_is_not_found(operator, wrong):
    assert operator.post(f"{PAGE}again/", {"delivery": wrong}).status_code == 404


def test_the_page_costs_the_same_queries_for_many(operator, given_up, django_assert_num_queries):
    operator.get(PAGE)
    with django_assert_num_queries(8):
        operator.get(PAGE)


@pytest.mark.parametrize("who", ["ada", "grace", "cora"])
def test_to_all_others_it_is_not_there(request, client_of, who):
    assert client_of(request.getfixturevalue(who)).get(PAGE).status_code == 404
