"""The bell and its list."""

import datetime as dt

import pytest
from django.test import Client

from reminders.models import Notice
from tests.factories import NOW

PAGE = "/notifications/"
MINUTE = dt.timedelta(minutes=1)


def notices(person, count: int, *, at=NOW, **fields) -> list[Notice]:
    made = [
        Notice(
            key=f"{person.pk}-{at.isoformat()}-{number}", person=person, kind="window", text=f"Notice {number}",
            url="/window/", created_at=at - number * MINUTE, **fields,
        )
        for number in range(count)
    ]  # fmt: skip
    return Notice.objects.bulk_create(made)


def lines(page, part: str) -> list[str]:
    return [line.text for line in getattr(page.context["page"], part)]


def test_the_bell_counts_what_is_unread_of_ones_own(ada, mallory, client_of, clock):
    notices(ada, 2)
    notices(ada, 1, at=NOW - dt.timedelta(days=1), read_at=NOW)
    notices(mallory, 3)
    page = client_of(ada).get(PAGE)
    assert page.context["bell"].unread == 2
    assert "Notifications, 2 unread" in page.content.decode()


def test_strangers_have_no_bell(db):
    assert "bell" not in Client().get("/accounts/login/").context


def test_today_and_earlier_are_the_persons_own_days(student, client_of, clock):
    person = student(time_zone="Pacific/Auckland")  # 22:00 on the 10th
    notices(person, 1, at=NOW - dt.timedelta(hours=21))
    notices(person, 1, at=NOW - dt.timedelta(hours=23))
    page = client_of(person).get(PAGE).context["page"]
    assert [(line.when, line.iso) for line in page.today] == [("01:00", "2026-11-10T01:00+13:00")]
    assert [(line.when, line.iso) for line in page.earlier] == [("Mon 9 Nov", "2026-11-09T23:00+13:00")]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_list_costs_the_same_queries_however_long_it_is(ada, client_of, clock, count, django_assert_num_queries):
    notices(ada, count)
    client = client_of(ada)
    with django_assert_num_queries(4):  # session, person, notices, the bell
        assert client.get(PAGE).status_code == 200


def test_all_of_a_long_list_is_reached_page_by_page_and_nothing_twice(ada, client_of, clock, settings):
    settings.WAYMARK_NOTICE_PAGE = 3
    notices(ada, 8)
    client, seen, after = client_of(ada), [], ""
    while True:
        page = client.get(PAGE, {"after": after} if after else {})
        seen += lines(page, "today") + lines(page, "earlier")
        after = page.context["page"].after
        if not after:
            break
        assert f"{PAGE}?after={after}" in page.content.decode()
    assert seen == [f"Notice {number}" for number in range(8)]


@pytest.mark.parametrize("after", ["x", "-1", "0", "999999999999", "9" * 400, "٣"])
def test_a_page_that_does_not_exist_is_the_first(ada, client_of, clock, after):
    notices(ada, 1)
    assert lines(client_of(ada).get(PAGE, {"after": after}), "today") == ["Notice 0"]


def test_the_place_of_another_persons_notice_says_nothing(ada, mallory, client_of, clock):
    notices(ada, 1)
    (other,) = notices(mallory, 1, at=NOW - dt.timedelta(days=3))
    assert lines(client_of(ada).get(PAGE, {"after": other.pk}), "today") == ["Notice 0"]


def test_marking_all_as_read_marks_ones_own_and_only_by_post(ada, mallory, client_of, clock):
    notices(ada, 2)
    notices(mallory, 1)
    client = client_of(ada)
    assert client.get("/notifications/read/").status_code == 405
    response = client.post("/notifications/read/")
    assert (response.status_code, response.headers["Location"]) == (302, PAGE)
    assert list(Notice.objects.filter(person=ada).values_list("read_at", flat=True)) == [NOW, NOW]
    assert list(Notice.objects.filter(person=mallory).values_list("read_at", flat=True)) == [None]
    assert "Mark all as read" not in client.get(PAGE).content.decode()


def test_an_empty_list_says_what_will_come(ada, client_of):
    assert client_of(ada).get(PAGE).content.decode().count("Nothing yet") == 1


def test_a_text_is_shown_as_text(ada, client_of, clock):
    notices(ada, 1)
    Notice.objects.update(text="<b>bold</b>")
    assert "&lt;b&gt;bold&lt;/b&gt;" in client_of(ada).get(PAGE).content.decode()
