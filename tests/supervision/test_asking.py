"""A student asks for a letter, an introduction, a signature, an approval or help; somebody answers."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import Application, Approval
from supervision import actions, mailing
from supervision.asking import WORDINGS, Asked, Standing, answers, standing_words
from supervision.models import Request
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, SupervisionFactory, UserFactory
from tracker.lib.errors import DomainError, StaleError

LINK = re.compile(r"http://testserver(/requests/answer/[0-9a-f]{64}/)")
DAY = dt.timedelta(days=1)
DUE = TODAY + 14 * DAY


@pytest.fixture
def tidewater(ada, season):
    return ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Speech intern")


def ask(ada, supervision=None, *, kind="letter", email="", due_on=DUE, application=None, at=NOW, what="A letter"):
    wish = actions.Wish(kind, what, "For the CV of a research internship", due_on, application)
    return actions.ask(student=ada, supervision=supervision, email=email, wish=wish, at=at, on=TODAY)


def answer(asked, standing="done", text="", by=None):
    return actions.answer(request=asked, standing=standing, text=text, by=by, at=NOW + DAY, on=TODAY + DAY)


def test_each_kind_and_each_standing_has_its_words():
    assert set(WORDINGS) == set(Asked)
    said = {standing_words(kind, standing) for kind in Asked for standing in Standing}
    assert len(said) == 2 + 3 * len(Asked), "not answered and withdrawn are alike, the rest is each kind's own"
    assert [value for value, _ in answers("letter", "promised")] == ["done", "declined"]


def test_a_supervisor_is_asked_and_answers_in_the_app(ada, grace, share, client_of, clock):
    supervision = share(ada, grace, "nothing")
    form = {"to": supervision.public_id, "kind": "letter", "what": "Reference for Tidewater", "due_on": DUE.isoformat()}
    response = client_of(ada).post("/requests/new/", form)
    asked = Request.objects.get()
    assert response.headers["Location"] == f"/requests/{asked.public_id}/"
    assert "Not answered yet" in client_of(ada).get("/requests/").text
    supervisor = client_of(grace)
    listed = supervisor.get("/supervision/requests/").text
    assert ("Reference for Tidewater" in listed, "24 November 2026, in 14 days" in listed) == (True, True)
    assert "Asked of you (1)" in supervisor.get("/supervision/").text
    page = f"/requests/{asked.public_id}/"
    assert supervisor.post(page, {"standing": "promised", "text": "Next week"}).status_code == 302
    assert "Will write it" in client_of(ada).get(page).text
    assert "I will write it" not in supervisor.get(page).text, "who promised need not promise again"
    supervisor.post(page, {"standing": "done", "text": "Sent to their portal"})
    read = client_of(ada).get(page).text
    assert ("Letter sent" in read, "Sent to their portal" in read, "Take it back" in read) == (True, True, False)
    assert "Asked of you (" not in supervisor.get("/supervision/").text
    assert supervisor.post(page, {"standing": "declined"}).status_code == 200, "what is answered has no form any more"
    assert Request.objects.get().standing == "done"


def test_somebody_without_an_account_answers_by_the_link_of_the_mail(ada, client_of, clock, season):
    client_of(ada).post("/requests/new/", {
        "to": "mail", "email": "Referee@Uni.Example", "kind": "letter", "what": "Reference", "due_on": DUE.isoformat(),
    })  # fmt: skip
    assert mailing.send_letters(at=NOW) == 1
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["referee@uni.example"], "Ada Whitlock asks you for a reference letter")
    assert letter.reply_to == [ada.email]
    ((html, _kind),) = letter.alternatives
    (path,) = set(LINK.findall(letter.body)) | set(LINK.findall(html))
    stranger = Client()
    shown = stranger.get(path)
    assert ("Reference" in shown.text, Request.objects.get().standing) == (True, "open"), "looking answers nothing"
    assert stranger.post(path, {"text": "x"}).status_code == 422
    assert "Letter sent" in stranger.post(path, {"standing": "done", "text": "With pleasure"}).text
    assert stranger.get(path).status_code == stranger.post(path, {"standing": "declined"}).status_code == 404
    assert "With pleasure" in client_of(ada).get(f"/requests/{Request.objects.get().public_id}/").text


def test_nobody_answers_their_own_request_by_its_link(ada, client_of, clock, season):
    asked = ask(ada, email="referee@uni.example")
    response = client_of(ada).post(f"/requests/answer/{asked.token}/", {"standing": "done"})
    assert response.headers["Location"] == f"/requests/{asked.public_id}/"
    assert Request.objects.get().standing == "open"


def test_who_has_no_account_is_asked_once_more_three_days_before_and_never_again(ada, clock):
    ask(ada, email="referee@uni.example")
    sent = {}
    for hour in range(24 * 20):
        at = NOW + hour * DAY / 24
        if mailing.send_letters(at=at):
            sent[at] = mail.outbox[-1]
    assert [at.isoformat(" ", "hours") for at in sent] == ["2026-11-10 09+00:00", "2026-11-21 08+00:00"]
    first, second = sent.values()
    assert second.subject == "Ada Whitlock still waits for a reference letter"
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert LINK.search(first.body)[1] == LINK.search(second.body)[1], "either mail's link answers"


@pytest.mark.parametrize("ending", ["answered", "taken back", "sharing ended"])
def test_no_mail_leaves_after_the_end(ada, grace, share, ending):
    supervision = share(ada, grace, "nothing")
    asked = ask(ada, supervision)
    if ending == "answered":
        answer(asked, by=grace)
    elif ending == "taken back":
        actions.withdraw(request=asked, by=ada, at=NOW)
    else:
        actions.end(supervision=supervision, by=ada, at=NOW)
    assert mailing.send_letters(at=NOW + 2 * DAY) == 0
    assert Request.objects.get().standing == ("done" if ending == "answered" else "withdrawn")


def test_what_was_asked_through_a_sharing_is_gone_with_it(ada, grace, share, client_of, clock):
    supervision = share(ada, grace, "stages")
    asked = ask(ada, supervision)
    page = f"/requests/{asked.public_id}/"
    assert client_of(grace).get(page).status_code == 200
    actions.end(supervision=supervision, by=ada, at=NOW)
    assert (
        client_of(grace).get(page).status_code == client_of(grace).post(page, {"standing": "done"}).status_code == 404
    )
    assert "A letter" not in client_of(grace).get("/supervision/requests/").text
    assert client_of(ada).get(page).status_code == 200


def test_a_request_that_was_taken_back_cannot_be_answered(ada, grace, share, client_of, clock):
    asked = ask(ada, share(ada, grace, "nothing"))
    client_of(ada).post(f"/requests/{asked.public_id}/withdraw/")
    assert client_of(grace).get(f"/requests/{asked.public_id}/").status_code == 404
    with pytest.raises(StaleError):
        answer(asked, by=grace)


def test_the_application_is_linked_for_the_supervisor_only_as_far_as_it_is_shared(
    ada, grace, share, tidewater, client_of, clock
):
    supervision = share(ada, grace, "summary")
    asked = ask(ada, supervision, application=tidewater)
    page = f"/requests/{asked.public_id}/"
    assert "Tidewater" in client_of(ada).get(page).text
    assert "Tidewater" not in client_of(grace).get(page).text
    actions.change_level(supervision=supervision, level="stages", by=ada, at=NOW)
    assert f"/supervision/{ada.public_id}/applications/{tidewater.public_id}/" in client_of(grace).get(page).text
    actions.set_exception(
        supervision=supervision, application=tidewater, is_hidden=True, shows_pay=False, by=ada, at=NOW
    )
    assert "Tidewater" not in client_of(grace).get(page).text


def test_an_approval_shows_its_facts_and_the_answer_goes_into_the_record(
    ada, grace, share, tidewater, client_of, clock
):
    supervision, record = share(ada, grace, "nothing"), f"/applications/{tidewater.public_id}/approval/"
    facts = {
        "version": "0", "funder": "council", "funder_name": "EPSRC", "stipend": "suspended", "away_from": "2027-06-01",
        "away_until": "2027-08-31", "thesis_on": "2028-09-30", "thesis_moves_to": "2028-12-31",
    }  # fmt: skip
    assert client_of(ada).post(f"{record}edit/", facts).status_code == 302
    form = {"to": supervision.public_id, "kind": "approval", "what": "Please approve"}
    refused = client_of(ada).post("/requests/new/", form)
    assert (refused.status_code, "Choose what is to be approved" in refused.text) == (422, True)
    client_of(ada).post("/requests/new/", form | {"application": tidewater.public_id})
    asked = Request.objects.get()
    text = client_of(grace).get(f"/requests/{asked.public_id}/").text
    for words in (
        "Speech intern, Tidewater",
        "from 1 June 2027, until 31 August 2027",
        "Research council: EPSRC",
        "Suspended",
        "Due 30 September 2028, then 31 December 2028: 3 months later",
    ):
        assert words in text
    client_of(grace).post(f"/requests/{asked.public_id}/", {"standing": "done"})
    page = client_of(ada).get(record).text
    assert "Approved by Grace Lindqvist on 10 November 2026" in page
    assert "Given in Waymark by whom you asked" in page
    kept = Approval.objects.get()
    changed = facts | {"version": kept.version, "stipend": "continued", "decision": "approved"}
    changed |= {"decided_by": kept.decided_by, "decided_on": kept.decided_on.isoformat()}
    client_of(ada).post(f"{record}edit/", changed)
    page = client_of(ada).get(record).text
    assert "As you noted it" in page, "what reads otherwise now is not what she approved"
    assert "Given in Waymark" not in page


def test_a_decision_names_who_made_it_and_when(ada, tidewater, client_of, clock):
    record = f"/applications/{tidewater.public_id}/approval/edit/"
    refused = client_of(ada).post(record, {"version": "0", "decision": "approved", "conditions": "Back by October"})
    assert refused.status_code == 422
    for words in ("Enter who decided", "Enter the day it was decided", "Back by October"):
        assert words in refused.text
    assert not Approval.objects.exists()


def test_a_record_that_changed_in_another_tab_is_shown_beside_what_was_typed(ada, tidewater, client_of, clock):
    record = f"/applications/{tidewater.public_id}/approval/edit/"
    client_of(ada).post(record, {"version": "0", "stipend": "reduced"})
    late = client_of(ada).post(record, {"version": "0", "stipend": "continued"})
    assert (late.status_code, "Reduced" in late.text, "Continued" in late.text) == (409, True, True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"to": ""}, "Choose"),
        ({"to": "nobody"}, "Choose one from the list."),
        ({"to": "mail"}, "Enter their e-mail address"),
        ({"to": "mail", "email": "no address"}, "Enter an e-mail address"),
        ({"to": "mail", "email": "ada@waymark.example"}, "This is your own address"),
        ({"kind": "money"}, "Choose one from the list."),
        ({"what": ""}, "Enter in a line what you ask for"),
        ({"what": "x" * 201}, "Use at most 200 characters"),
        ({"due_on": "2026-11-09"}, "This day has passed."),
        ({"due_on": "soon"}, "Enter the day"),
        ({"details": "x" * 4_001}, "Use at most 4000 characters"),
        ({"application": "somebody-elses"}, "Choose one from the list."),
    ],
)
def test_a_bad_request_is_refused_in_a_sentence_and_keeps_what_was_typed(
    ada, grace, share, client_of, clock, change, sentence
):
    form = {"to": share(ada, grace, "nothing").public_id, "kind": "help", "what": "A word", "details": "CANARY typed"}
    response = client_of(ada).post("/requests/new/", form | change)
    assert (response.status_code, sentence in response.text) == (422, True)
    assert "details" in change or "CANARY typed" in response.text
    assert (Request.objects.count(), mailing.send_letters(at=NOW)) == (0, 0)


def test_another_persons_application_cannot_be_named(ada, mallory, grace, share, client_of, clock, season):
    theirs = ApplicationFactory(student=mallory, role="CANARY-role")
    form = {"to": share(ada, grace, "nothing").public_id, "kind": "help", "what": "x", "application": theirs.public_id}
    response = client_of(ada).post("/requests/new/", form)
    assert (response.status_code, "CANARY-role" in response.text) == (422, False)


def test_a_double_click_asks_once(ada, grace, share):
    supervision = share(ada, grace, "nothing")
    assert ask(ada, supervision) == ask(ada, supervision)
    assert Request.objects.count() == 1


def test_nobody_can_be_flooded_through_us(ada, settings):
    for number in range(settings.WAYMARK_REQUESTS_PER_DAY):
        ask(ada, email="referee@uni.example", what=f"Letter {number}")
    with pytest.raises(DomainError, match="You can ask 20 times in a day"):
        ask(ada, email="referee@uni.example", what="One more")
    ask(ada, email="referee@uni.example", what="One more", at=NOW + DAY, due_on=None)


def test_the_queue_is_by_day_and_takes_the_same_number_of_queries(
    ada, grace, share, client_of, clock, django_assert_num_queries
):
    supervision = share(ada, grace, "nothing")
    for number, days in enumerate((9, None, 3)):
        ask(ada, supervision, what=f"Number {number}", due_on=TODAY + days * DAY if days else None)
    client = client_of(grace)
    with django_assert_num_queries(5):
        text = client.get("/supervision/requests/").text
    assert text.index("Number 2") < text.index("Number 0") < text.index("Number 1")
    for number in range(3, 9):
        ask(ada, supervision, what=f"Number {number}")
    with django_assert_num_queries(5):
        client.get("/supervision/requests/")


def test_who_asks_for_something_is_found_among_the_students(ada, mallory, grace, share, client_of, clock):
    asking = share(ada, grace, "summary")
    share(mallory, grace, "summary")
    ask(ada, asking, kind="help", what="A word on offers", due_on=None)
    text = client_of(grace).get("/supervision/?show=asked").text
    assert ("Ada Whitlock" in text, "Mallory Quist" in text, "Help" in text) == (True, False, True)
    assert "Mallory Quist" in client_of(grace).get("/supervision/").text


def test_an_answer_leaves_an_application_that_was_deleted_alone(ada, grace, share, tidewater):
    asked = ask(ada, share(ada, grace, "nothing"), kind="approval", application=tidewater)
    Application.objects.all().delete()
    assert answer(Request.objects.get(pk=asked.pk), by=grace).standing == "done"


def test_a_fellow_student_offers_an_introduction_and_is_asked_for_it_alone(client_of, ada, mallory, grace, clock):
    tom = UserFactory(name="Tom Reed", email="tom@waymark.example")
    for student in (ada, tom):
        SupervisionFactory(student=student, supervisor=grace, level="nothing")
    tidewater = CompanyFactory(name="Tidewater")
    answer = client_of(tom).post("/supervision/introductions/", {"company": "Tidewater", "note": "I was there"})
    assert answer.status_code == 302
    own, theirs = (ApplicationFactory(student=student, company=tidewater) for student in (ada, mallory))
    client = client_of(ada)
    ladder = HTMLParser(client.get(f"/applications/{own.public_id}/").text).css_first("section[aria-labelledby=ladder]")
    assert "Ask Tom Reed" in ladder.text()
    assert "A fellow student · I was there" in " ".join(ladder.text().split())
    path = ladder.css_first("a").attributes["href"]
    shown = HTMLParser(client.get(path).text)
    assert shown.css_first("select[name=to] option[selected]").text() == "Tom Reed, fellow student, Tidewater"
    to = shown.css_first("select[name=to] option[selected]").attributes["value"]
    wish = {"to": to, "kind": "letter", "what": "Introduction at Tidewater"}
    assert "asked for an introduction only" in client.post("/requests/new/", wish).text
    asked = client.post("/requests/new/", {**wish, "kind": "introduction"}, follow=True)
    assert "Asked. A mail goes to Tom Reed." in asked.text
    assert Request.objects.get().email == "tom@waymark.example"
    assert "Tom Reed" not in client_of(mallory).get(f"/applications/{theirs.public_id}/").text
    assert client_of(mallory).post("/requests/new/", {**wish, "kind": "introduction"}).status_code == 422
    tom.supervisions.update(ended_at=NOW)
    assert "Tom Reed" not in client.get(f"/applications/{own.public_id}/").text
