import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.drafts import DRAFTS, About
from applications.models import Application, Desk, Offer
from applications.offers import MARKS, TERMS, WEIGHTS, Judged, leading
from tests.factories import NOW, ApplicationFactory, CompanyFactory
from tests.words import said

MARK = st.sampled_from(["", "good", "fair", "weak"])
MARKED = st.dictionaries(st.sampled_from(sorted(TERMS)), MARK)
WEIGHED = st.dictionaries(st.sampled_from(sorted(TERMS)), st.sampled_from(sorted(WEIGHTS)))


@pytest.fixture
def ada_(ada, clock, client_of):
    return client_of(ada)


def offer_of(student, company="Veridian", **details):
    application = ApplicationFactory(
        student=student, company=CompanyFactory(name=company), role="Research Intern", stage="offer"
    )
    Offer.objects.create(application=application, **details)
    return application


def typed(**changed):
    return {"version": "0", "pay_per": "month", **changed}


def test_each_offer_leads_on_what_it_is_best_at():
    helio = Judged("Helio", {"publishing": "good", "project": "good", "dates": "weak"})
    veridian = Judged("Veridian", {"publishing": "fair", "project": "weak", "dates": "fair"})
    weights = {"publishing": "a_lot", "project": "some", "dates": "some"}
    assert leading([helio, veridian], weights) == "Helio leads on publication and the project; Veridian on dates."


def test_level_offers_and_offers_without_a_judgement_lead_on_nothing():
    level = [Judged("Helio", {"pay": "good"}), Judged("Veridian", {"pay": "good"}), Judged("Kestrel")]
    assert leading(level, {"pay": "a_lot"}) == (
        "No offer leads on what matters to you. Judge a few more terms, or let one matter more."
    )


@given(marks=st.lists(MARKED, min_size=2, max_size=4), weights=WEIGHED)
def test_only_the_single_best_offer_is_named_for_a_term_and_only_for_what_matters(marks, weights):
    offers = [Judged(f"Offer {letter}", one) for letter, one in zip("ABCD", marks, strict=False)]
    said = leading(offers, weights)
    rank = {"good": 3, "fair": 2, "weak": 1}
    for term, facts in TERMS.items():
        ranks = sorted(rank.get(offer.marks.get(term, ""), 0) for offer in offers)
        led = bool(weights.get(term)) and ranks[-1] > ranks[-2] > 0
        parts = said.rstrip(".").replace(" and ", ", ").replace("; ", ", ").split(", ")
        named = [part for part in parts if part.rpartition(" on ")[2] == facts.short]
        assert len(named) == led


def test_two_offers_stand_side_by_side_with_what_to_ask(ada_, ada):
    offer_of(ada, answer_by=dt.date(2026, 11, 24), publishing="review", pay="3250.00", currency="GBP", mentor="Dr Noor")
    offer_of(ada, "Helio", marks={"publishing": "good"})
    page = ada_.get("/offers/").text
    assert "24 November 2026, in 14 days" in page
    assert "3,250 GBP a month" in page
    assert page.count("Ask: May I publish the work") == 1
    assert "Say what matters to you" in page


@pytest.mark.parametrize("offers", [1, 3])
def test_the_page_takes_four_queries(offers, ada_, ada, django_assert_num_queries):
    for number in range(offers):
        offer_of(ada, f"Company {number}")
    with django_assert_num_queries(5):  # session, person, bell, offers, weights
        ada_.get("/offers/")


def test_what_matters_is_kept_and_can_be_taken_back(ada_, ada):
    offer_of(ada, marks={"pay": "weak"})
    offer_of(ada, "Helio", marks={"pay": "good"})
    ada_.post("/offers/weights/", {"weight_pay": "a_lot"})
    page = ada_.get("/offers/").text
    assert "Helio leads on pay." in page
    undo = page.split('action="/undo/')[1].split('"')[0]
    ada_.post(f"/undo/{undo}")
    assert not Desk.objects.filter(student=ada).exists()


def test_a_forged_weight_is_refused_with_a_sentence(ada_, ada):
    offer_of(ada)
    answer = ada_.post("/offers/weights/", {"weight_pay": "10"})
    assert (answer.status_code, "Choose not, some or a lot for each row." in answer.text) == (422, True)


def test_an_offer_is_noted_with_its_marks_and_what_it_could_become(ada_, ada):
    application = ApplicationFactory(student=ada, stage="offer")
    url = f"/applications/{application.public_id}/offer/"
    sent = typed(pay="41.5", currency="eur", pay_per="hour", becomes_paper="on", becomes_thesis="on", mark_pay="good")
    assert ada_.post(url, sent).status_code == 302
    offer = Offer.objects.get(application=application)
    assert (str(offer.pay), offer.currency, offer.could_become, offer.marks, offer.version) == (
        "41.50", "EUR", ["paper", "thesis"], {"pay": "good"}, 1,
    )  # fmt: skip
    assert "41.50 EUR an hour" in ada_.get("/offers/").text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"pay": "100"}, "Enter the currency of the pay, like GBP."),
        ({"pay": "100", "currency": "£"}, "Enter the three letters of the currency, like GBP"),
        ({"pay": "-1", "currency": "GBP"}, "Enter a number from 0 up."),
        ({"starts_on": "2027-06-01", "ends_on": "2027-05-01"}, "The last day is before the first."),
        ({"answer_by": "0001-01-01"}, "Enter a day between 1990 and 2100."),
        ({"ip": "x" * 301}, "Use at most 300 characters"),
        ({"advice": "a\0b"}, "Enter plain text."),
        ({"mark_pay": "great"}, "Choose one from the list."),
    ],
)
def test_a_refused_offer_says_why_and_keeps_what_was_typed(sent, sentence, ada_, ada):
    application = ApplicationFactory(student=ada, stage="offer")
    answer = ada_.post(f"/applications/{application.public_id}/offer/", typed(project="Graphs of streets", **sent))
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&quot;", '"')
    assert "Graphs of streets" in answer.text
    assert not Offer.objects.exists()


def test_a_stale_offer_is_answered_with_both_values(ada_, ada):
    application = offer_of(ada, project="Mine from before")
    url = f"/applications/{application.public_id}/offer/"
    assert ada_.post(url, typed(version="1", project="First tab")).status_code == 302
    answer = ada_.post(url, typed(version="1", project="Second tab", **{"initial-project": "Mine from before"}))
    assert answer.status_code == 409
    assert ("First tab" in answer.text, "Second tab" in answer.text) == (True, True)


def test_accepting_closes_only_what_is_ticked_and_begins_the_placement(ada_, ada):
    accepted = offer_of(ada, mentor="Dr Noor", starts_on=dt.date(2027, 6, 7))
    other = offer_of(ada, "Helio")
    applied = ApplicationFactory(student=ada, stage="applied")
    left = ApplicationFactory(student=ada, stage="preparing")
    url = f"/applications/{accepted.public_id}/accept/"
    assert "checked" not in ada_.get(url).text
    answer = ada_.post(url, {"close": [other.public_id, applied.public_id]}, follow=True)
    stages = {one.pk: (one.stage, one.outcome) for one in Application.objects.all()}
    assert stages == {
        accepted.pk: ("offer", "accepted"),
        other.pk: ("closed", "declined"),
        applied.pk: ("closed", "withdrew"),
        left.pk: ("preparing", ""),
    }
    assert "You accepted Veridian. Well done. 2 closed. 1 other is still open: tell them now or later." in answer.text
    assert "Dr Noor" in answer.text


def test_the_letters_to_the_others_are_read_on_the_page_itself(ada_, ada):
    others = [offer_of(ada, "Helio"), ApplicationFactory(student=ada, stage="applied", role="Speech Intern")]
    ApplicationFactory(student=ada, stage="preparing")
    page = ada_.get(f"/applications/{offer_of(ada).public_id}/accept/")
    letters = page.text.split("<details>")[1:]
    assert [[word in letter for word in ("have decided on another place", "withdraw my application", 'href="mailto:')]
            for letter in letters] == [[True, False, True], [False, True, True]]  # fmt: skip
    form = page.text.partition('<form class="form')[2].partition("</form>")[0]
    assert (form.count("<details>"), [f"/{one.public_id}/" in page.text for one in others]) == (2, [False, False])
    assert "Letter to withdraw Speech Intern at" in said(page)


def test_accepting_with_its_closings_is_taken_back_at_once(ada_, ada):
    accepted, other = offer_of(ada), ApplicationFactory(student=ada, stage="applied")
    answer = ada_.post(f"/applications/{accepted.public_id}/accept/", {"close": [other.public_id]}, follow=True)
    undo = answer.text.split('action="/undo/')[1].split('"')[0]
    ada_.post(f"/undo/{undo}")
    assert sorted(Application.objects.values_list("stage", "outcome")) == [("applied", ""), ("offer", "")]
    assert ada_.get(f"/applications/{accepted.public_id}/placement/").status_code == 404


def test_somebody_elses_application_among_the_ticks_is_left_alone(ada_, ada, mallory):
    theirs = ApplicationFactory(student=mallory, stage="applied")
    ada_.post(f"/applications/{offer_of(ada).public_id}/accept/", {"close": [theirs.public_id, "x" * 5000, "\0"]})
    theirs.refresh_from_db()
    assert theirs.stage == "applied"


def test_what_is_no_offer_is_not_accepted(ada_, ada):
    application = ApplicationFactory(student=ada, stage="applied")
    answer = ada_.post(f"/applications/{application.public_id}/accept/")
    assert (answer.status_code, "Move it to Offer first, then accept." in answer.text) == (422, True)


@pytest.mark.parametrize("kind", sorted(DRAFTS))
def test_a_letter_names_the_role_and_opens_in_the_mail_program(kind, ada_, ada):
    application = offer_of(ada, answer_by=dt.date(2026, 11, 24))
    page = ada_.get(f"/applications/{application.public_id}/draft/{kind}/").text
    assert ("Research Intern" in page, "Ada Whitlock" in page, 'href="mailto:?subject=' in page) == (True, True, True)
    assert ada_.get(f"/applications/{application.public_id}/draft/nothing/").status_code == 404


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_letter_survives_any_name(text):
    for write in DRAFTS.values():
        assert write(About(text, text, text, NOW.date())).mailto.isascii()


def test_marks_are_words(ada_, ada):
    offer_of(ada, marks={"pay": "fair"}, pay="10", currency="GBP")
    assert MARKS["fair"] in ada_.get("/offers/").text


def test_a_phone_shows_one_offer_at_a_time(ada_, ada):
    offer_of(ada)
    offer_of(ada, "Helio")
    page = ada_.get("/offers/?at=2").text
    assert ("compare at-2" in page, "Offer 2 of 2" in page, 'href="?at=1"' in page) == (True, True, True)
    assert "compare at-1" in ada_.get("/offers/?at=99999999999999999999").text
