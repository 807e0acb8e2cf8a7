import datetime as dt

import pytest

from applications.models import Application, Offer, Undo
from tests.factories import TODAY, ApplicationFactory, CompanyFactory, RoundFactory

OCTOBER = dt.date(2026, 10, 26)
BOARD = {"HX-Request": "true", "HX-Current-URL": "http://testserver/applications/board/"}
DIALOG = {"HX-Request": "true", "HX-Current-URL": "http://testserver/applications/xyz/"}


@pytest.fixture
def ada_(ada, season, clock, client_of):
    return client_of(ada)


def one(student, stage="applied", company="Cormorant AI", **facts):
    return ApplicationFactory(
        student=student, stage=stage, role="Research Intern", company=CompanyFactory(name=company), **facts
    )


def order(text, stage):
    column = text.split(f'id="col-{stage}"')[1].split("</section>")[0]
    return [part.split('"')[0] for part in column.split('id="tk-')[1:]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_asks_a_fixed_number_of_questions(ada_, ada, django_assert_num_queries, rows):
    for stage in ("interested", "applied", "interviewing", "closed"):
        for application in ApplicationFactory.create_batch(
            rows, student=ada, stage=stage, outcome="no_reply" if stage == "closed" else ""
        ):
            RoundFactory(application=application)
    ada_.get("/applications/board/")
    with django_assert_num_queries(7):  # session, person, bell, counts, cards, rounds, arrangement
        response = ada_.get("/applications/board/")
    assert response.text.count('class="tk"') == rows * 3
    assert f"Closed {rows}" in response.text


def test_a_new_student_is_offered_two_ways_to_start(ada_):
    text = ada_.get("/applications/board/").text
    assert "Nothing here yet" in text
    assert 'id="board"' not in text


def test_an_empty_column_says_what_lands_there(ada_, ada):
    one(ada)
    assert ada_.get("/applications/board/").text.count("col-empty") == 4


def test_cards_stand_in_the_order_of_what_happens_next(ada_, ada):
    last = one(ada, "preparing", "A", stage_since=TODAY - dt.timedelta(days=30))
    closes = one(ada, "preparing", "B", closes_on=TODAY + dt.timedelta(days=5))
    step = one(ada, "preparing", "C", next_step="Write", next_step_on=TODAY + dt.timedelta(days=2))
    talk = one(ada, "preparing", "D")
    RoundFactory(application=talk, on=TODAY + dt.timedelta(days=1))
    newest = one(ada, "preparing", "E")
    text = ada_.get("/applications/board/").text
    assert order(text, "preparing") == [row.public_id for row in (talk, step, closes, newest, last)]


def test_who_waits_longest_for_a_reply_stands_first(ada_, ada):
    rows = [one(ada, "applied", f"F{n}", applied_on=TODAY - dt.timedelta(days=n)) for n in (2, 20, 9)]
    expected = [rows[n].public_id for n in (1, 2, 0)]
    assert order(ada_.get("/applications/board/").text, "applied") == expected


@pytest.mark.parametrize(
    ("stage", "facts", "words"),
    [
        ("preparing", {"on_hold": True, "way_in": "asked"}, ["Hold: referral in progress", "Referral asked"]),
        ("preparing", {"next_step": "Tailor CV", "closes_on": dt.date(2026, 11, 27)}, ["Tailor CV", "Closes 27 Nov"]),
        ("preparing", {"closes_on": dt.date(2026, 11, 11)}, ["Closes tomorrow"]),
        ("preparing", {"closes_on": dt.date(2026, 11, 3)}, ["Closed 3 Nov"]),
        ("preparing", {"next_step": "X", "next_step_on": dt.date(2026, 11, 8)}, ["Since 8 Nov"]),
        ("interested", {"kind": "scheme", "next_step_on": dt.date(2026, 11, 13)}, ["Scheme", "Fri"]),
        ("applied", {"applied_on": OCTOBER, "stage_since": OCTOBER}, ["Follow up once", "15 days"]),
        ("applied", {"applied_on": dt.date(2026, 11, 9), "stage_since": dt.date(2026, 11, 9)}, ["1 day<"]),
        ("interviewing", {"way_in": "referred"}, ["Referred"]),
        ("offer", {"outcome": "accepted"}, ["You accepted", 'class="tk accepted"']),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_card_says_what_comes_next(ada_, ada, stage, facts, words):
    one(ada, stage, **facts)
    text = ada_.get("/applications/board/").text
    assert [word for word in words if word not in text] == []


def test_who_was_written_to_is_not_to_be_followed_up_again(ada_, ada):
    one(ada, applied_on=OCTOBER, stage_since=OCTOBER).events.create(kind="email", on=TODAY)
    assert "Follow up once" not in ada_.get("/applications/board/").text


def test_rounds_are_dots_and_the_next_one_is_named_in_ones_own_time(ada_, ada):
    application = one(ada, "interviewing")
    for status in ("passed", "cancelled"):
        RoundFactory(application=application, status=status, on=dt.date(2026, 11, 2))
    RoundFactory(application=application, kind="coding", zone="America/New_York", time=dt.time(9))
    text = ada_.get("/applications/board/").text
    assert "Coding, Thu 14:00" in text
    assert 'aria-label="Round 2 of 2; 1 passed"' in text


def test_a_column_shows_twenty_and_links_to_the_rest(ada_, ada):
    ApplicationFactory.create_batch(22, student=ada)
    text = ada_.get("/applications/board/").text
    assert (text.count('class="tk"'), "Show 2 more" in text, "?interested=40" in text) == (20, True, True)
    assert ada_.get("/applications/board/?interested=40").text.count('class="tk"') == 22
    part = ada_.get("/applications/board/?interested=40", headers={**BOARD, "HX-Target": "col-interested"})
    assert (part.text.count("<section"), part.text.count('class="tk"')) == (1, 22)


@pytest.mark.parametrize(
    "query",
    ["view=nowhere", "stage=nowhere", "applied=-1", "applied=99999999999", "applied=\0", "applied=²", "view=closed"],
)
def test_a_senseless_address_shows_the_usual_board(ada_, ada, query):
    one(ada)
    response = ada_.get(f"/applications/board/?{query}")
    assert (response.status_code, response.text.count('class="tk"')) == (200, 1)


@pytest.mark.parametrize(
    ("view", "count"), [("active", 4), ("closing", 1), ("quiet", 1), ("referred", 1), ("schemes", 1)]
)
def test_a_saved_view_keeps_what_it_says(ada_, ada, view, count):
    long_ago = TODAY - dt.timedelta(days=22)
    one(ada, "preparing", "A", closes_on=TODAY + dt.timedelta(days=14))
    one(ada, "applied", "B", stage_since=long_ago, applied_on=long_ago)
    one(ada, "applied", "C", stage_since=long_ago, applied_on=long_ago, way_in="referred").events.create(
        kind="email", on=TODAY
    )
    one(ada, "interested", "D", kind="scheme")
    one(ada, "closed", "E", outcome="no_reply", way_in="referred", kind="scheme")
    text = ada_.get(f"/applications/board/?view={view}").text
    assert text.count('class="tk"') == count


def test_a_move_answers_with_the_two_columns_the_live_text_and_undo(ada_, ada):
    one(ada, "interviewing", "Marram", stage_since=TODAY)
    application = one(ada, stage_since=TODAY - dt.timedelta(days=3))
    response = ada_.post(
        f"/applications/{application.public_id}/stage/", {"stage": "interviewing", "seen": "applied"}, headers=BOARD
    )
    undo = Undo.objects.get()
    assert response.status_code == 200
    assert response.text.count('<section id="col-') == 2
    assert "Research Intern, Cormorant AI, moved to Interviewing, 2 of 2" in response.text
    assert f'hx-post="/undo/{undo.public_id}/"' in response.text


@pytest.mark.parametrize("rounds", [0, 1])
def test_on_entering_interviewing_the_toast_offers_the_first_round(ada_, ada, rounds):
    application = one(ada)
    RoundFactory.create_batch(rounds, application=application)
    url = f"/applications/{application.public_id}/"
    text = ada_.post(f"{url}stage/", {"stage": "interviewing"}, headers=BOARD).text
    assert (f'<a href="{url}rounds/new/">Add the first round</a>' in text) == (rounds == 0)


@pytest.mark.parametrize("noted", [None, TODAY])
@pytest.mark.parametrize("headers", [{}, BOARD], ids=["page", "board"])
def test_on_an_offer_the_toast_offers_to_note_the_answer_date(ada_, ada, noted, headers):
    application = one(ada)
    Offer.objects.create(application=application, answer_by=noted)
    url = f"/applications/{application.public_id}/"
    text = ada_.post(f"{url}stage/", {"stage": "offer"}, headers=headers, follow=True).text
    assert (f'<a href="{url}offer/">Note the answer date</a>' in text) == (noted is None)


def test_a_moved_card_is_shown_even_beyond_the_first_twenty(ada_, ada):
    ApplicationFactory.create_batch(25, student=ada, stage="preparing", next_step_on=TODAY)
    application = one(ada)
    response = ada_.post(f"/applications/{application.public_id}/stage/", {"stage": "preparing"}, headers=BOARD)
    assert f'id="tk-{application.public_id}"' in response.text
    assert "moved to Preparing, 26 of 26" in response.text


def test_undo_on_the_board_puts_the_card_back(ada_, ada):
    application = one(ada)
    ada_.post(f"/applications/{application.public_id}/stage/", {"stage": "offer"}, headers=BOARD)
    undo = f"/undo/{Undo.objects.get().public_id}/"
    response = ada_.post(undo, headers=BOARD)
    assert order(response.text, "applied") == [application.public_id]
    assert order(response.text, "offer") == []
    assert order(ada_.post(undo, headers=BOARD).text, "applied") == [application.public_id]


def test_a_plain_move_leads_to_the_application_or_where_it_came_from(ada_, ada):
    application = one(ada)
    url = f"/applications/{application.public_id}/"
    assert ada_.post(f"{url}stage/", {"stage": "offer"}).url == url
    assert ada_.post(f"{url}stage/", {"stage": "applied", "next": "/today/"}).url == "/today/"
    assert ada_.post(f"{url}stage/", {"stage": "offer", "next": "https://evil.example/"}).url == url


def test_in_the_dialog_of_another_page_htmx_is_sent_on(ada_, ada):
    application = one(ada)
    response = ada_.post(f"/applications/{application.public_id}/stage/", {"stage": "offer"}, headers=DIALOG)
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, f"/applications/{application.public_id}/")


@pytest.mark.parametrize("address", ["http://[", "http://[::1", "//", "javascript:x", ""])
def test_htmx_on_a_page_that_cannot_be_told_is_sent_on(ada_, ada, address):
    application = one(ada)
    url = f"/applications/{application.public_id}/"
    response = ada_.post(f"{url}stage/", {"stage": "offer"}, headers={**DIALOG, "HX-Current-URL": address})
    assert (response.status_code, response.headers["HX-Redirect"]) == (204, url)


@pytest.mark.parametrize("stage", ["", "nowhere", "Applied", "\0", "x" * 5000])
@pytest.mark.parametrize("headers", [{}, BOARD], ids=["page", "board"])
def test_an_unknown_stage_is_422_with_a_sentence(ada_, ada, stage, headers):
    application = one(ada)
    response = ada_.post(f"/applications/{application.public_id}/stage/", {"stage": stage}, headers=headers)
    assert (response.status_code, "Choose a stage from the list." in response.text) == (422, True)
    assert Application.objects.get().stage == "applied"


@pytest.mark.parametrize("headers", [{}, BOARD, DIALOG], ids=["page", "board", "dialog"])
def test_a_stale_tab_gets_409_the_sentence_and_the_present_state(ada_, ada, headers):
    application = one(ada, "interviewing")
    url = f"/applications/{application.public_id}/stage/"
    response = ada_.post(url, {"stage": "offer", "seen": "applied"}, headers=headers)
    sentence = "This changed in another tab: it is in Interviewing now. Nothing was moved."
    assert response.status_code == 409
    assert sentence in response.text + response.headers.get("HX-Trigger", "")
    assert f"tk-{application.public_id}" in response.text or "st-interviewing" in response.text
    assert Application.objects.get().stage == "interviewing"


def test_moving_to_where_it_is_changes_nothing(ada_, ada):
    application = one(ada)
    ada_.post(f"/applications/{application.public_id}/stage/", {"stage": "applied", "seen": "preparing"}, headers=BOARD)
    assert application.events.count() == 1


def test_moving_to_closed_asks_how_it_ended(ada_, ada):
    url = f"/applications/{one(ada).public_id}/"
    assert ada_.post(f"{url}stage/", {"stage": "closed"}).url == f"{url}close/"


@pytest.mark.parametrize("what", ["stage", "close", "reopen", "accept"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_application_is_not_there(client_of, ada, mallory, grace, cora, what, method):
    application = one(ada)
    for stranger in (mallory, grace, cora):
        url = f"/applications/{application.public_id}/{what}/"
        status = getattr(client_of(stranger), method)(url, {"stage": "offer", "outcome": "no_reply"}).status_code
        assert status == (405 if method == "get" and what == "reopen" else 404)
    assert Application.objects.get().stage == "applied"


def test_a_curator_or_supervisor_has_no_board(client_of, grace, cora):
    for person in (grace, cora):
        for url in ("/applications/board/", "/applications/", "/today/", "/window/"):
            assert client_of(person).get(url).status_code == 403


@pytest.mark.parametrize(
    ("rounds", "sentence"),
    [
        ([], "Closed. Nothing else to do here."),
        (["scheduled", "cancelled"], "Closed. Nothing else to do here."),
        (["passed", "done", "not_this_time"], "Closed. You reached round 3, and your notes stay here."),
    ],
)
def test_closing_is_answered_with_one_of_two_sentences(ada_, ada, rounds, sentence):
    application = one(ada, "interviewing")
    for status in rounds:
        RoundFactory(application=application, status=status)
    response = ada_.post(
        f"/applications/{application.public_id}/close/",
        {"outcome": "not_this_time", "seen": "interviewing"},
        headers=BOARD,
    )
    assert f'<div id="live" hx-swap-oob="innerHTML">{sentence}</div>' in response.text
    assert "Closed 1" in response.text
    assert order(response.text, "interviewing") == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"outcome": ""}, "Choose how it ended."),
        ({"outcome": "accepted"}, "Choose how it ended."),
        ({"outcome": "lost"}, "Choose how it ended."),
        ({"reason": "x" * 5001}, "Use at most 5,000 characters, in plain text."),
        ({"reason": "a\0b"}, "Use at most 5,000 characters, in plain text."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_closing_that_cannot_be_is_refused_and_keeps_the_text(ada_, ada, wrong, sentence):
    application = one(ada)
    form = {"outcome": "no_reply", "reason": "They wrote nothing.", **wrong}
    response = ada_.post(f"/applications/{application.public_id}/close/", form)
    assert (response.status_code, sentence in response.text, form["reason"] in response.text) == (422, True, True)
    assert Application.objects.get().stage == "applied"


def test_a_stale_close_is_409(ada_, ada):
    application = one(ada, "offer")
    form = {"outcome": "declined", "seen": "applied"}
    assert ada_.post(f"/applications/{application.public_id}/close/", form).status_code == 409
    assert Application.objects.get().stage == "offer"


def test_reopening_and_accepting(ada_, ada):
    application = one(ada, "offer")
    url = f"/applications/{application.public_id}/"
    ada_.post(f"{url}close/", {"outcome": "declined"})
    assert ada_.post(f"{url}reopen/").url == url
    assert ada_.post(f"{url}accept/").url == f"{url}placement/"
    application.refresh_from_db()
    assert (application.stage, application.outcome) == ("offer", "accepted")
    assert "You accepted Cormorant AI. Well done." in ada_.get("/applications/board/").text


def test_only_an_offer_is_accepted(ada_, ada):
    response = ada_.post(f"/applications/{one(ada).public_id}/accept/")
    assert (response.status_code, "Move it to Offer first, then accept." in response.text) == (422, True)


@pytest.mark.parametrize("what", ["stage", "close", "accept"])
def test_an_empty_form_is_refused(ada_, ada, what):
    assert ada_.post(f"/applications/{one(ada).public_id}/{what}/").status_code == 422


@pytest.mark.parametrize("what", ["stage", "close"])
def test_the_forms_are_pages_and_fill_the_dialog(ada_, ada, what):
    url = f"/applications/{one(ada).public_id}/{what}/"
    assert "<!doctype html>" in ada_.get(url).text
    assert "<!doctype html>" not in ada_.get(url, headers=DIALOG).text
