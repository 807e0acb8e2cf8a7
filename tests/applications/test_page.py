import datetime as dt
import re

import pytest

from applications.models import Event
from companies.models import Team
from tests.factories import TODAY, ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def northlight(ada):
    company = CompanyFactory(name="Northlight Labs")
    return ApplicationFactory(
        student=ada,
        company=company,
        team=Team.objects.create(company=company, name="Geometric Learning", slug="geometric"),
        role="Research Intern, Graph Learning",
        place="Cambridge, hybrid",
        starts_from=dt.date(2027, 6, 1),
        weeks=17,
        closes_on=dt.date(2026, 11, 30),
        url="https://jobs.northlight.example/1",
    )


def url(application, rest=""):
    return f"/applications/{application.public_id}/{rest}"


def undo_in(response):
    return re.search(r'action="(/undo/[^"]+)"', response.text)[1]


def moved(application, stage, on, came_from, **more):
    Event.objects.create(application=application, kind="stage", stage=stage, on=on, came_from=came_from, **more)
    application.stage, application.stage_since, application.outcome = stage, on, more.get("outcome", "")
    application.save()


@pytest.mark.parametrize("rows", [1, 18])
def test_the_page_asks_a_fixed_number_of_questions(northlight, ada, client_of, django_assert_num_queries, clock, rows):
    for n in range(rows):
        northlight.requirements.create(text=f"Line {n}", position=n)
        RoundFactory(application=northlight, on=dt.date(2026, 11, 12 + n))
        Event.objects.create(application=northlight, kind="note", text=f"Note {n}", on=TODAY)
    client = client_of(ada)
    client.get(url(northlight))
    with django_assert_num_queries(7):  # session, person, application, rounds, what is beside, timeline, bell
        response = client.get(url(northlight))
    assert response.text.count('<li class="round ') == response.text.count('<li id="asked-') == rows


def test_the_head_says_what_where_and_when(northlight, ada, client_of, clock):
    text = said(client_of(ada).get(url(northlight)))
    assert "Northlight Labs , Geometric Learning Cambridge, hybrid June 2027, 4 months" in text
    assert "Closes 30 Nov, anywhere on earth" in text


def test_the_steps_tell_the_days_of_entry(northlight, ada, client_of, clock):
    Event.objects.filter(application=northlight).update(on=dt.date(2026, 10, 2))
    moved(northlight, "applied", dt.date(2026, 10, 16), "interested")
    moved(northlight, "interviewing", dt.date(2026, 10, 27), "applied")
    northlight.way_in = "referred"
    northlight.save()
    RoundFactory(application=northlight)
    text = said(client_of(ada).get(url(northlight)))
    assert "Interested 2 Oct Preparing passed over Applied 16 Oct, referred" in text
    assert "Interviewing since 27 Oct, round 1 Offer no date yet" in text


@pytest.mark.parametrize(
    ("start", "until", "weeks", "facts"),
    [
        (dt.date(2027, 6, 1), None, 17, "Start from 1 Jun 2027 Length 17 weeks, about 4 months"),
        (dt.date(2027, 6, 1), dt.date(2027, 7, 1), 1, "Start 1 Jun 2027 to 1 Jul 2027 Length 1 week"),
        (dt.date(2027, 6, 1), dt.date(2027, 6, 1), 6, "Start 1 Jun 2027 Length 6 weeks"),
        (None, dt.date(2027, 7, 1), 26, "Start until 1 Jul 2027 Length 26 weeks, about 6 months"),
    ],
)
def test_start_and_length_read_as_people_say_them(northlight, ada, client_of, clock, start, until, weeks, facts):
    northlight.starts_from, northlight.starts_until, northlight.weeks = start, until, weeks
    northlight.closes_on, northlight.zone, northlight.hours = dt.date(2027, 1, 15), "America/New_York", "part"
    northlight.save()
    text = said(client_of(ada).get(url(northlight)))
    assert f"Closes 15 Jan 2027, New York time {facts} Hours Part time" in text


def test_the_season_stands_in_for_a_start(northlight, season, ada, client_of, clock):
    northlight.starts_from, northlight.season, northlight.weeks = None, season, 6
    northlight.save()
    assert "Summer 2027, 6 weeks" in said(client_of(ada).get(url(northlight)))


def test_the_timeline_tells_each_kind_of_entry(northlight, ada, client_of, clock):
    told = [
        ("applied", "interested", "", "Moved to Applied"),
        ("closed", "applied", "no_reply", "Closed: no reply"),
        ("applied", "closed", "", "Reopened, in Applied"),
        ("closed", "applied", "withdrew", "Closed: I withdrew"),
        ("offer", "closed", "", "Reopened, in Offer"),
        ("offer", "offer", "accepted", "You accepted the offer"),
    ]
    for stage, came_from, outcome, _ in told:
        moved(northlight, stage, TODAY, came_from, outcome=outcome)
    text = said(client_of(ada).get(url(northlight)))
    titles = [text.find(title) for *_, title in reversed(told)]
    assert (titles == sorted(titles), min(titles) > 0) == (True, True)
    assert "Accepted since 10 Nov" in text


@pytest.mark.parametrize(
    ("stage", "outcome", "words"),
    [
        ("applied", "", "None yet. Add one when you are invited, even before it has a date."),
        ("offer", "", "None noted. Add those that led to the offer, to keep what came up in them."),
        ("offer", "accepted", "None noted. Add those that led to the offer, to keep what came up in them."),
        ("closed", "no_reply", "There were none."),
    ],
)
def test_without_rounds_the_page_says_what_fits_the_stage(ada, client_of, clock, stage, outcome, words):
    application = ApplicationFactory(student=ada, stage=stage, outcome=outcome)
    assert words in said(client_of(ada).get(url(application)))


def test_a_round_entry_has_its_first_line_as_title(northlight, ada, client_of, clock):
    Event.objects.create(
        application=northlight, kind="round", text="Round 1\nBring the paper", on=TODAY, is_shared=True
    )
    page = client_of(ada).get(url(northlight)).text
    assert ("<h3>Round 1 <span" in page, '<p class="said">Bring the paper</p>' in page) == (True, True)


def test_a_posting_opens_without_telling_where_from(northlight, ada, client_of, clock):
    page = client_of(ada).get(url(northlight)).text
    assert '<a href="https://jobs.northlight.example/1" rel="noopener noreferrer external">' in page


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "https://a b.example/"])
def test_only_a_web_address_becomes_a_link(northlight, ada, client_of, clock, address):
    northlight.url = address
    northlight.save()
    RoundFactory(application=northlight, place=address)
    page = client_of(ada).get(url(northlight)).text
    assert ("Open posting" in page, "Join" in page, f'href="{address}' in page) == (False, False, False)


def test_text_of_people_stays_text(northlight, ada, client_of, clock):
    for name in ("role", "place", "notes", "next_step", "referrer"):
        setattr(northlight, name, SCRIPT)
    northlight.way_in = "asked"
    northlight.save()
    RoundFactory(application=northlight, people=SCRIPT, place=SCRIPT, notes=SCRIPT, on=None, time=None)
    Event.objects.create(application=northlight, kind="note", text=SCRIPT, on=TODAY)
    client = client_of(ada)
    pages = [url(northlight), url(northlight, "edit/"), url(northlight, "delete/")]
    pages += [f"/rounds/{northlight.rounds.get().public_id}/{rest}" for rest in ("", "edit/", "delete/")]
    pages += [f"/events/{event.public_id}/{rest}" for event in northlight.events.all() for rest in ("edit/", "delete/")]
    assert [page for page in pages if SCRIPT in client.get(page).text] == []


def test_a_closed_one_says_when_and_after_which_round(northlight, ada, client_of, clock):
    RoundFactory(application=northlight, on=dt.date(2026, 10, 30), status="passed")
    RoundFactory(application=northlight, on=dt.date(2026, 11, 4), status="not_this_time")
    moved(northlight, "closed", dt.date(2026, 11, 5), "interested", outcome="not_this_time")
    page = client_of(ada).get(url(northlight))
    assert "Closed 5 Nov after round 2. Reopen" in said(page)
    assert ('class="pill due"' in page.text, "error" in page.text.partition("<main")[2]) == (False, False)


def test_the_next_step_shows_only_while_no_round_is_ahead(northlight, ada, client_of, clock):
    northlight.next_step, northlight.next_step_on = "Ask Priya", dt.date(2026, 11, 12)
    northlight.save()
    client = client_of(ada)
    assert "Ask Priya By Thu 12 Nov, in 2 days" in said(client.get(url(northlight)))
    RoundFactory(application=northlight)
    assert "Ask Priya" not in said(client.get(url(northlight)))


def test_a_round_before_interviewing_offers_the_move(northlight, ada, client_of, clock):
    RoundFactory(application=northlight)
    client = client_of(ada)
    client.post(url(northlight, "stage/"), {"stage": "interviewing", "seen": "interested"})
    northlight.refresh_from_db()
    assert northlight.stage == "interviewing"
    assert "Move to Interviewing" not in client.get(url(northlight)).text


def test_long_timelines_come_in_parts(northlight, ada, client_of, clock):
    for n in range(25):
        Event.objects.create(application=northlight, kind="note", text=f"Note {n}", on=TODAY)
    client = client_of(ada)
    first = client.get(url(northlight)).text
    more = first.partition("?before=")[2][:12]
    second = client.get(url(northlight, f"?before={more}"), headers={"HX-Request": "true"}).text
    assert [first.count('class="ic"'), second.count('class="ic"'), "<html" in second] == [20, 6, False]
    assert "<html" in client.get(url(northlight, f"?before={more}")).text


@pytest.mark.parametrize("before", ["<x>", "%00", "unknown", "%F0%9F%98%80", "x" * 5_000])
def test_an_unknown_place_in_the_timeline_begins_at_the_top(northlight, ada, client_of, clock, before):
    assert "Added, in Interested" in client_of(ada).get(url(northlight, f"?before={before}")).text


def test_edits_are_recorded_but_not_shown(northlight, ada, client_of, clock):
    event = Event.objects.create(application=northlight, kind="edit", text="Edited: role", on=TODAY)
    client = client_of(ada)
    assert "Edited: role" not in client.get(url(northlight)).text
    assert client.get(f"/events/{event.public_id}/edit/").status_code == 404


PAGES = ["", "edit/", "delete/", "rounds/new/"]


@pytest.mark.parametrize("rest", PAGES)
def test_nobody_else_finds_it(northlight, mallory, grace, cora, admin, client_of, rest):
    answers = [client_of(who).get(url(northlight, rest)).status_code for who in (mallory, grace, cora, admin)]
    assert answers == [404, 404, 404, 404]


@pytest.mark.parametrize("rest", PAGES)
def test_strangers_are_asked_to_sign_in(northlight, client, rest):
    page = url(northlight, rest)
    assert client.get(page).headers["Location"] == f"/accounts/login/?next={page}"


def test_looking_and_asking_to_delete_changes_nothing(northlight, ada, client_of, clock):
    RoundFactory(application=northlight)
    client = client_of(ada)
    assert "1 interview round and your notes" in client.get(url(northlight, "delete/")).text
    northlight.refresh_from_db()


def test_deleting_one_with_rounds_asks_first_and_twice_is_a_404(northlight, ada, client_of, clock):
    RoundFactory(application=northlight)
    client = client_of(ada)
    asked = client.post(url(northlight, "delete/"))
    assert (asked.headers["Location"], ada.applications.count()) == (url(northlight, "delete/"), 1)
    first = client.post(url(northlight, "delete/"), {"sure": "yes"})
    again = client.post(url(northlight, "delete/"), {"sure": "yes"})
    assert (first.headers["Location"], again.status_code) == ("/applications/board/", 404)
    assert ada.applications.count() == 0


def test_deleting_one_without_rounds_is_done_at_once_and_taken_back_whole(northlight, ada, client_of, clock):
    northlight.requirements.create(text="Python", meets="yes")
    Event.objects.create(application=northlight, kind="note", text="Kept", on=TODAY)
    client = client_of(ada)
    menu = client.get(url(northlight)).text.partition('id="page-menu"')[2].partition("<ol")[0]
    assert f'<form method="post" action="{url(northlight, "delete/")}">' in menu
    board = client.post(url(northlight, "delete/"), follow=True)
    assert "Deleted. Research Intern, Graph Learning at Northlight Labs is gone." in said(board)
    assert ada.applications.count() == 0
    client.post(undo_in(board))
    page = said(client.get(url(northlight)))
    assert ("Kept" in page, "You meet 1 of 1: all of them." in page) == (True, True)


def test_a_copy_takes_the_role_along_and_nothing_of_what_happened(northlight, ada, client_of, clock):
    northlight.tags, northlight.reasons, northlight.notes = ["graphs"], ["city"], "Mine"
    northlight.stage, northlight.next_step, northlight.way_in = "applied", "Ask", "asked"
    northlight.save()
    northlight.requirements.create(text="Python", meets="partly", position=1)
    RoundFactory(application=northlight)
    client = client_of(ada)
    key = re.search(r'name="request_key" value="([^"]+)"', client.get(url(northlight)).text)[1]
    first = client.post(url(northlight, "duplicate/"), {"request_key": key}, follow=True)
    again = client.post(url(northlight, "duplicate/"), {"request_key": key})
    copy = ada.applications.exclude(pk=northlight.pk).get()
    assert again.headers["Location"] == url(copy) == first.redirect_chain[0][0]
    assert (copy.role, copy.place, copy.tags, copy.reasons) == (northlight.role, northlight.place, ["graphs"], ["city"])
    assert (copy.team, copy.weeks, copy.url) == (northlight.team, 17, northlight.url)
    assert (copy.stage, copy.notes, copy.next_step, copy.way_in, copy.rounds.count()) == (
        "interested", "", "", "none", 0,
    )  # fmt: skip
    assert list(copy.requirements.values_list("text", "meets")) == [("Python", "partly")]
    assert list(copy.events.values_list("kind", "stage", "on")) == [("added", "interested", TODAY)]
    client.post(undo_in(first))
    assert list(ada.applications.all()) == [northlight]


@pytest.mark.parametrize("key", ["", "x", "\0", "x" * 10_000])
def test_a_copy_without_a_key_is_one_of_its_own(northlight, ada, client_of, clock, key):
    client = client_of(ada)
    for _ in range(2):
        client.post(url(northlight, "duplicate/"), {"request_key": key})
    assert ada.applications.count() == 3


def test_the_next_step_is_ticked_off_noted_and_taken_back(northlight, ada, client_of, clock):
    northlight.next_step, northlight.next_step_on = "Ask Priya", dt.date(2026, 11, 12)
    northlight.save()
    client = client_of(ada)
    page = client.post(url(northlight, "next/done/"), follow=True)
    text = said(page)
    assert ("Note Only you Done: Ask Priya" in text, "No next step noted." in text) == (True, True)
    client.post(undo_in(page))
    northlight.refresh_from_db()
    assert (northlight.next_step, northlight.events.filter(kind="note").count()) == ("Ask Priya", 0)


def test_ticking_it_off_by_htmx_shows_the_line_and_the_entry(northlight, ada, client_of, clock):
    northlight.next_step = "Ask Priya"
    northlight.save()
    client = client_of(ada)
    answer = client.post(url(northlight, "next/done/"), headers={"HX-Request": "true"}).text
    assert answer.index('id="section-next"') < answer.index('hx-swap-oob="afterbegin:#entries"')
    assert "Done: Ask Priya" in answer
    again = client.post(url(northlight, "next/done/"), headers={"HX-Request": "true"}).text
    assert ("Done: Ask Priya" in again, northlight.events.filter(kind="note").count()) == (False, 1)


def test_tags_the_text_of_the_posting_and_fit_are_on_the_page(northlight, ada, client_of, clock, season):
    northlight.tags, northlight.posting_text = ["graphs", "<b>"], "We look for\n<b>you</b>"
    northlight.closeness, northlight.could_become = "close", ["paper", "thesis"]
    northlight.reasons, northlight.season = ["environment", "city"], season
    northlight.save()
    page = client_of(ada).get(url(northlight)).text
    text = " ".join(re.sub(r"<[^>]+>", " ", page.partition("<aside")[2]).split())
    assert (
        "Fit Edit the fit Team Geometric Learning Team's work Close to yours Could become Paper, thesis chapter"
        " You hope for A new environment, a city What they ask for" in text.replace("&#x27;", "'")
    )
    assert "Season Summer 2027" in text
    assert "Tags graphs &lt;b&gt;" in text
    assert '<p class="said">We look for<br>&lt;b&gt;you&lt;/b&gt;</p>' in page


@pytest.mark.parametrize("stage", ["interested", "preparing", "applied", "interviewing", "offer", "closed"])
def test_the_advice_to_apply_is_given_before_sending_only(northlight, ada, client_of, clock, stage):
    if stage != "interested":
        moved(northlight, stage, TODAY, "interested", outcome="no_reply" if stage == "closed" else "")
    page = said(client_of(ada).get(url(northlight))).replace("&#x27;", "'")
    words = "If you meet most of them and the team's work is close to yours, apply."
    assert (words in page) == (stage in {"interested", "preparing"})


@pytest.mark.parametrize(
    ("referrer", "words"),
    [
        ("Priya", "You asked Priya for a referral. Check with them before you submit."),
        ("", "It is on hold for a referral. Check that before you submit."),
    ],
)
def test_sending_one_that_is_on_hold_says_whom_to_ask_first(northlight, ada, client_of, clock, referrer, words):
    northlight.on_hold, northlight.referrer = True, referrer
    northlight.save()
    client = client_of(ada)
    page = client.post(url(northlight, "stage/"), {"stage": "preparing", "seen": "interested"}, follow=True)
    assert words not in page.text
    page = client.post(url(northlight, "stage/"), {"stage": "applied", "seen": "preparing"}, follow=True)
    assert f"Northlight Labs moved to Applied. {words}" in said(page)
