import datetime as dt

import pytest

from applications.models import Made, Placement, PlacementEntry
from tests.factories import ApplicationFactory


@pytest.fixture
def ada_(ada, clock, client_of):
    return client_of(ada)


@pytest.fixture
def accepted(ada):
    return ApplicationFactory(student=ada, stage="offer", outcome="accepted")


def url_of(application, rest=""):
    return f"/applications/{application.public_id}/placement/{rest}"


def undo_from(page):
    return f"/undo/{page.rsplit('action="/undo/', 1)[1].split('"')[0]}"


def test_only_an_accepted_offer_has_a_placement(ada_, ada, accepted):
    assert ada_.get(url_of(ApplicationFactory(student=ada, stage="offer"))).status_code == 404
    assert ada_.get(url_of(accepted)).status_code == 200
    assert not Placement.objects.exists()  # looking stores nothing


def test_the_facts_are_kept_and_the_week_is_counted(ada_, accepted):
    sent = {"version": "1", "mentor": "Dr Noor", "buddy": "Kim", "goal": "One paper", "starts_on": "2026-10-26",
            "ends_on": "2027-01-31"}  # fmt: skip
    page = ada_.post(url_of(accepted, "edit/"), sent, follow=True).text
    assert ("Dr Noor" in page, "Kim" in page, "Week 3 of 14, since 26 October 2026" in page) == (True, True, True)


def test_a_stale_edit_is_answered_with_both_values(ada_, accepted):
    assert ada_.post(url_of(accepted, "edit/"), {"version": "1", "mentor": "One"}).status_code == 302
    answer = ada_.post(url_of(accepted, "edit/"), {"version": "1", "mentor": "Two", "initial-mentor": ""})
    assert (answer.status_code, "One" in answer.text, "Two" in answer.text) == (409, True, True)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "seminar", "on": "2026-11-09", "text": ""}, "Enter what happened"),
        ({"kind": "party", "on": "2026-11-09", "text": "x"}, "Choose one from the list."),
        ({"kind": "seminar", "on": "yesterday", "text": "x"}, "Enter the day, like 30 11 2026"),
        ({"kind": "seminar", "on": "2026-11-09", "text": "x" * 5001}, "Use at most 5000 characters"),
        ({"kind": "seminar", "on": "2026-11-09", "text": "a\0"}, "Enter plain text."),
    ],
)
def test_a_refused_entry_says_why(sent, sentence, ada_, accepted):
    answer = ada_.post(url_of(accepted, "log/"), sent)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert not PlacementEntry.objects.exists()


def test_an_entry_is_logged_once_corrected_and_deleted_with_a_way_back(ada_, accepted):
    sent = {"kind": "mentor", "on": "2026-11-09", "text": "Agreed on the baseline"}
    ada_.post(url_of(accepted, "log/"), sent)
    ada_.post(url_of(accepted, "log/"), sent)
    entry = PlacementEntry.objects.get()
    ada_.post(f"/placements/log/{entry.public_id}/", sent | {"text": "Agreed on two baselines"})
    page = ada_.post(f"/placements/log/{entry.public_id}/delete/", follow=True).text
    assert ("Agreed on" in page, PlacementEntry.objects.count()) == (False, 0)
    ada_.post(undo_from(page))
    assert PlacementEntry.objects.get().text == "Agreed on two baselines"


def test_what_came_of_it_has_its_venue_and_how_far_it_is(ada_, accepted):
    sent = {"kind": "paper", "title": "Sparse streets", "venue": "ICLR 2028", "state": "submitted", "on": "", "url": ""}
    page = ada_.post(url_of(accepted, "made/"), sent, follow=True).text
    assert "Paper, ICLR 2028, submitted or filed" in page
    made = Made.objects.get()
    page = ada_.post(f"/placements/made/{made.public_id}/", sent | {"state": "accepted"}, follow=True).text
    assert "Paper, ICLR 2028, accepted or granted" in page
    ada_.post(f"/placements/made/{made.public_id}/delete/")
    assert not Made.objects.exists()


def test_a_javascript_link_is_refused(ada_, accepted):
    sent = {"kind": "code", "title": "Library", "state": "out", "url": "javascript:alert(1)"}
    assert ada_.post(url_of(accepted, "made/"), sent).status_code == 422


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_takes_seven_queries(rows, ada_, accepted, django_assert_num_queries):
    placement = Placement.objects.create(application=accepted)
    for number in range(rows):
        PlacementEntry.objects.create(placement=placement, kind="note", on=dt.date(2026, 11, 1), text=f"Line {number}")
        Made.objects.create(placement=placement, title=f"Paper {number}")
    with django_assert_num_queries(7):  # session, person, bell, application, placement, log, made
        ada_.get(url_of(accepted))


def test_the_log_goes_on_from_the_last_entry(ada_, accepted):
    placement = Placement.objects.create(application=accepted)
    for number in range(25):
        PlacementEntry.objects.create(placement=placement, kind="note", on=dt.date(2026, 11, 1), text=f"Line {number}.")
    first = ada_.get(url_of(accepted)).text
    more = first.split("?before=")[1].split("#")[0]
    second = ada_.get(f"{url_of(accepted)}?before={more}").text
    assert [text.count("Line ") for text in (first, second)] == [20, 5]


def test_nobody_else_reaches_a_placement(ada, mallory, client_of, accepted):
    placement = Placement.objects.create(application=accepted)
    entry = PlacementEntry.objects.create(placement=placement, kind="note", on=dt.date(2026, 11, 1), text="Mine")
    hers = client_of(mallory)
    line = f"/placements/log/{entry.public_id}/"
    gets, posts = [url_of(accepted), line], [url_of(accepted, "log/"), f"{line}delete/"]
    answers = [*(hers.get(url) for url in gets), *(hers.post(url) for url in posts)]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert PlacementEntry.objects.count() == 1


def test_an_entry_that_was_made_equal_to_another_can_be_sent_again(ada_, accepted):
    one = {"kind": "seminar", "on": "2026-11-09", "text": "Met"}
    ada_.post(url_of(accepted, "log/"), {**one, "text": "Talked"})
    ada_.post(url_of(accepted, "log/"), one)
    other = PlacementEntry.objects.get(text="Talked")
    ada_.post(f"/placements/log/{other.public_id}/", one)
    assert ada_.post(url_of(accepted, "log/"), one).status_code == 302
    assert PlacementEntry.objects.count() == 2


def test_a_nul_in_the_address_is_no_entry(ada_, accepted):
    assert ada_.get(url_of(accepted), {"before": "a\0"}).status_code == 200
