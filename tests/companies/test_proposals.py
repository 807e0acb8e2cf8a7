"""From what a student suggests to what everybody sees: taken, sent back, declined, and who is told what."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry

from applications.models import Application
from companies import actions
from companies.actions.curating import approve_companies
from companies.forms import FORMS
from companies.models import Company, Posting, Proposal, Team
from companies.queries.proposals import draft_row
from reminders.plan import Kind, Rule
from tests.factories import NOW, ApplicationFactory, CompanyFactory, PostingFactory, UserFactory
from tests.reminders.conftest import hears_only, posted
from tracker.lib.errors import DomainError, StaleError

HOUR = dt.timedelta(hours=1)
HOW = {"why": "Seen on their site", "source_url": "https://northlight.example/about"}


@pytest.fixture
def northlight(db):
    return CompanyFactory(name="Northlight", city="Oslo", website="https://northlight.example")


@pytest.fixture
def kim(db):
    return UserFactory(name="Kim Kurator", is_student=False, is_curator=True)


def change(of, by, **values):
    return actions.propose_change(of=of, values=values, by=by, at=NOW, **HOW)


def approve(proposal, by, at=NOW + HOUR, **other):
    """Approve as the page does: the form of its subject with what was proposed, or what the curator typed instead."""
    row = draft_row(proposal)
    for name, value in {**proposal.values, **other}.items():
        setattr(row, name, value)
    actions.approve_proposal(proposal=proposal, fact=row, by=by, at=at)


def test_a_change_is_seen_by_all_once_a_curator_took_it(northlight, ada, cora, client_of, clock):
    proposal = change(northlight, ada, city="Bergen")
    assert "Bergen" not in client_of(ada).get("/companies/northlight/").text
    clock.move_to(NOW + HOUR)
    page = client_of(cora).get(f"/curation/proposals/{proposal.public_id}/").text
    assert "Oslo" in page
    assert "Bergen" in page
    assert "Ada" not in page
    answer = client_of(cora).post(
        f"/curation/proposals/{proposal.public_id}/", {"do": "approve", "city": "Bergen, Norway"}, follow=True
    )
    assert "Approved: Northlight." in answer.text
    northlight.refresh_from_db()
    assert (northlight.city, northlight.checked_on, northlight.checked_by) == ("Bergen, Norway", NOW.date(), cora)
    assert northlight.source_url == HOW["source_url"]
    assert "Norway" in northlight.search_text
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["Approved a suggestion."]


def test_who_comes_second_reads_who_was_faster_and_changes_nothing(northlight, ada, cora, kim, client_of, clock):
    proposal = change(northlight, ada, city="Bergen")
    approve(proposal, kim, at=NOW)
    clock.move_to(NOW + dt.timedelta(minutes=2))
    address = f"/curation/proposals/{proposal.public_id}/"
    for sent in (
        {"do": "approve", "city": "Rome"},
        {"do": "decline", "decline-reason": "unfit"},
        {"do": "ask", "ask-answer": "?"},
    ):
        answer = client_of(cora).post(address, sent)
        assert (answer.status_code, "Approved by Kim Kurator 2 minutes ago." in answer.text) == (409, True)
    northlight.refresh_from_db()
    assert northlight.city == "Bergen"


def test_a_private_company_is_used_at_once_and_everybodys_once_approved(ada, mallory, cora):
    own = actions.propose_company(name="Harbour AI", website="https://harbour.example", by=ada, at=NOW)
    ApplicationFactory(student=ada, company=own)
    assert list(Company.objects.visible_to(mallory)) == []
    proposal = Proposal.objects.get(company=own)
    approve(proposal, cora, country="Norway")
    own.refresh_from_db()
    assert (own.slug, own.country, own.approved_at) == ("harbour-ai", "Norway", NOW + HOUR)
    assert list(Company.objects.visible_to(mallory)) == [own]


def test_others_who_added_the_same_company_privately_have_the_approved_one_now(ada, mallory, cora):
    theirs = [actions.propose_company(name="Harbour AI", by=who, at=NOW) for who in (ada, mallory)]
    for company, who in zip(theirs, (ada, mallory), strict=True):
        ApplicationFactory(student=who, company=company)
    approve(Proposal.objects.get(company=theirs[0]), cora)
    assert set(Application.objects.values_list("company", flat=True)) == {theirs[0].pk}
    assert set(Proposal.objects.values_list("state", "proposed_by")) == {("approved", ada.pk), ("approved", mallory.pk)}


def test_the_table_of_companies_settles_proposals_as_well(ada, cora):
    own = actions.propose_company(name="Harbour AI", by=ada, at=NOW)
    approve_companies(companies=Company.objects.filter(pk=own.pk), by=cora, at=NOW)
    assert Proposal.objects.get().state == "approved"


def test_a_merge_answers_the_proposal_and_taking_it_back_lets_it_wait_again(northlight, ada, cora):
    own = actions.propose_company(name="Northlight Labs", by=ada, at=NOW)
    merge = actions.merge_companies(keeper=northlight, taken=own, values={}, by=cora, at=NOW)
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.answer) == ("approved", "It is in the list as Northlight.")
    actions.undo_merge(merge=merge, by=cora, at=NOW)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.answer, proposal.decided_at, proposal.company) == ("waiting", "", None, own)


def test_a_name_that_the_list_has_by_now_is_refused_and_nothing_is_half_done(ada, cora, client_of):
    own = actions.propose_company(name="Harbour AI", by=ada, at=NOW)
    CompanyFactory(name="Harbour AI")
    address = f"/curation/proposals/{Proposal.objects.get().public_id}/"
    answer = client_of(cora).post(address, {"do": "approve", "name": "Harbour AI"})
    assert (answer.status_code, "in the list already" in answer.text) == (422, True)
    own.refresh_from_db()
    assert (own.approved_at, Proposal.objects.get().state) == (None, "waiting")


@pytest.mark.parametrize(
    ("subject", "values", "wrong"),
    [
        ("team", {"name": "Vision", "topics": ["3D"], "place": "Oslo"}, {"name": ""}),
        (
            "programme",
            {"name": "Summer", "kind": "internship", "min_weeks": 12},
            {"min_weeks": "20", "max_weeks": "10"},
        ),
        ("posting", {"title": "Intern", "url": "https://northlight.example/1", "kind": "internship"}, {"url": "x"}),
    ],
)
def test_a_student_suggests_each_part_of_a_company_on_its_page(
    northlight, ada, cora, client_of, subject, values, wrong
):
    client, address = client_of(ada), f"/companies/northlight/suggest/{subject}/"
    typed = {**values, "zone": "Etc/GMT+12", "how-why": "Because", "topics": "\n".join(values.get("topics", []))}
    refused = client.post(address, {**typed, **wrong})
    assert refused.status_code == 422
    assert "Because" in refused.text
    assert client.post(address, typed).status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.values, proposal.why) == (
        proposal.values | {k: v for k, v in values.items() if v != "internship"},
        "Because",
    )
    decided = client_of(cora).post(f"/curation/proposals/{proposal.public_id}/", {"do": "approve", **typed})
    assert decided.status_code == 302, decided.text
    made = {"team": Team.objects, "programme": northlight.programmes, "posting": Posting.objects}[subject].get()
    assert all(getattr(made, name) == value for name, value in values.items())
    assert made.checked_by == cora


def test_what_is_missing_is_asked_for_and_added(northlight, ada, cora, client_of, clock):
    proposal = change(northlight, ada, city="Bergen")
    clock.move_to(NOW + HOUR)
    answer = client_of(cora).post(
        f"/curation/proposals/{proposal.public_id}/", {"do": "ask", "ask-answer": "Which office?"}, follow=True
    )
    assert "Nothing waiting" in answer.text
    page = client_of(ada).get(f"/companies/suggestions/{proposal.public_id}/").text
    assert "Which office?" in page
    again = client_of(ada).post(
        f"/companies/suggestions/{proposal.public_id}/", {"name": "Northlight", "city": "Bergen (head office)"}
    )
    assert again.status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "waiting"
    assert proposal.values["city"] == "Bergen (head office)"


def test_a_report_closes_the_posting_or_counts_as_a_look_at_it(ada, mallory, cora, client_of):
    posting = PostingFactory(company=CompanyFactory(), title="Research Intern")
    address = f"/postings/{posting.public_id}/report/"
    for who in (ada, mallory):
        assert client_of(who).post(address, {"what": "The link leads nowhere"}).status_code == 302
    assert client_of(ada).post(address, {"what": "The link leads nowhere"}).status_code == 409
    first, second = Proposal.objects.order_by("pk")
    client = client_of(cora)
    assert client.get("/curation/").text.count("Research Intern") == 0
    assert "Research Intern" in client.get("/curation/reports/").text
    client.post(f"/curation/proposals/{first.public_id}/", {"do": "decline", "decline-reason": "still_true"})
    posting.refresh_from_db()
    assert (posting.is_open, posting.checked_by) == (True, cora)
    client.post(f"/curation/proposals/{second.public_id}/", {"do": "approve"})
    posting.refresh_from_db()
    assert posting.is_open is False


def test_nobody_sees_or_changes_what_another_student_suggested(northlight, ada, mallory, client_of):
    proposal = change(northlight, ada, city="Bergen")
    client = client_of(mallory)
    assert client.get("/companies/suggestions/").text.count("Northlight") == 0
    for path in ("", "withdraw/"):
        assert client.post(f"/companies/suggestions/{proposal.public_id}/{path}").status_code == 404
    assert list(Proposal.objects.visible_to(mallory)) == []


def test_what_is_decided_cannot_be_changed_or_taken_back(northlight, ada, cora):
    proposal = change(northlight, ada, city="Bergen")
    approve(proposal, cora)
    with pytest.raises(StaleError, match="decided about this already"):
        actions.revise_proposal(proposal=proposal, values={"city": "Rome"}, by=ada, at=NOW, **HOW)
    with pytest.raises(StaleError, match="decided about this already"):
        actions.withdraw_proposal(proposal=proposal, by=ada, at=NOW)


def test_nobody_fills_the_queue(northlight, ada, settings):
    settings.WAYMARK_PROPOSALS_WAITING = 2
    for city in ("Bergen", "Rome"):
        change(northlight, ada, city=city)
    with pytest.raises(DomainError, match="wait already"):
        change(northlight, ada, city="Paris")


def test_a_number_of_students_is_said_from_three_on(ada, cora, client_of):
    for number, who in enumerate([ada, UserFactory(), UserFactory()]):
        actions.propose_company(name="Harbour AI", by=who, at=NOW)
        address = f"/curation/proposals/{Proposal.objects.first().public_id}/"
        said = f"{number + 1} students use this privately" in client_of(cora).get(address).text
        assert said == (number == 2)


def test_the_queue_takes_the_same_queries_however_long_it_is(
    northlight, ada, cora, client_of, django_assert_max_num_queries
):
    client = client_of(cora)
    for count in (1, 30):
        for number in range(count):
            change(northlight, ada, city=f"Town {count} {number}")
        with django_assert_max_num_queries(16):
            assert client.get("/curation/").status_code == 200


DECISIONS = {
    "was added": approve,
    "needs a change": lambda p, c: actions.ask_proposer(proposal=p, answer="Which office?", by=c, at=NOW + HOUR),
    "not added": lambda p, c: actions.decline_proposal(proposal=p, reason="unproven", answer="", by=c, at=NOW + HOUR),
}


@pytest.mark.parametrize("words", DECISIONS)
def test_the_proposer_is_told(northlight, ada, cora, words, settings):
    settings.WAYMARK_SPREAD = dt.timedelta(0)
    hears_only(ada, Kind.PROPOSALS)
    DECISIONS[words](change(northlight, ada, city="Bergen"), cora)
    letter = posted(NOW + HOUR)[Rule.PROPOSAL_RESULT.value]
    assert words in letter.subject
    assert "Northlight" not in letter.subject
    assert "Northlight" in letter.body
    assert letter.to == ["ada@waymark.example"]


def test_every_form_of_facts_says_only_what_differs(northlight):
    typed = {"name": "Northlight", "city": "Oslo", "website": "https://northlight.example", "kind": "Lab"}
    form = FORMS["company"](typed, instance=northlight)
    assert form.is_valid()
    assert form.said() == {"kind": "Lab"}
