"""People: from a pasted paper to a contact, what was said, and how it stands; nobody else's ever."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import Application
from companies.actions import merge_companies, undo_merge
from outreach.actions import (
    Facts,
    Pick,
    add_authors,
    add_contact,
    delete_contact,
    edit_contact,
    log_message,
    set_standing,
)
from outreach.choices import Said, Standing
from outreach.models import Contact, Message, Paper
from outreach.reading import read_papers
from supervision.actions import offer_introduction
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, SupervisionFactory
from tracker.lib.errors import DomainError

BIBTEX = r"""@inproceedings{a, title={Neural {Operators}}, author={M{\"u}ller, J{\"o}rg and Bee, Ann and others},
  booktitle={NeurIPS}, year=2025, doi={10.1000/182}}
@article{b, title={Broken}, author={Dee, Cy}"""


def person(ada, name="Ann Bee", **facts):
    return add_contact(facts=Facts(name, facts.pop("how", "friend"), **facts), by=ada, at=NOW)


def wrote(ada, contact, kind=Said.SENT, on=TODAY):
    return log_message(contact=contact, kind=kind, on=on, text="", by=ada, today=TODAY)


def text_of(response):
    return " ".join(HTMLParser(response.text).body.text(separator=" ").split())


def names(response):
    return [a.text() for a in HTMLParser(response.text).css("tbody th a")]


def test_from_a_paper_to_people_without_javascript(client_of, ada, clock):
    client = client_of(ada)
    page = client.post("/people/from-paper/", {"text": BIBTEX, "read": ""})
    shown = HTMLParser(page.text)
    assert [one.text() for one in shown.css("fieldset legend")] == ["Neural Operators", "Broken"]
    assert [box.attributes["id"] for box in shown.css("fieldset input[type=checkbox]")] == [
        "author-0-0", "author-0-1", "author-1-0",
    ]  # fmt: skip
    assert "Line 3: This entry does not end" in text_of(page)
    typed = {"text": BIBTEX, "author-0-0": "on", "place-0-0": "Tidewater", "author-0-1": "on", "add": ""}
    CompanyFactory(name="Tidewater")
    assert client.post("/people/from-paper/", typed).headers["Location"] == "/people/"
    assert names(client.get("/people/")) == ["Ann Bee", "Jörg Müller"]
    one = Contact.objects.get(name="Jörg Müller")
    assert (one.how, one.source, one.company.name) == ("paper", "Paper: Neural Operators, NeurIPS 2025", "Tidewater")
    assert "https://doi.org/10.1000/182" in client.get(f"/people/{one.public_id}/").text


def test_the_same_paper_again_adds_nobody_twice(ada):
    work = read_papers(BIBTEX).works[0]
    picks = [Pick(work, author) for author in work.authors]
    first = add_authors(picks=picks, by=ada, at=NOW)
    short = read_papers("Later\nJ. Müller and Anna Bee").works[0]
    again = add_authors(picks=[*picks, *(Pick(short, author) for author in short.authors)], by=ada, at=NOW)
    assert again[:3] == [*first, first[0]], "J. Müller may be nobody else"
    assert again[3].name == "Anna Bee", "Anna is not Ann"
    assert (Contact.objects.count(), Paper.objects.count()) == (3, 2)
    assert first[0].papers.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Paste a paper, or type its title and authors."),
        ({"text": "hello"}, "No authors found in that text. Type the names."),
        ({"text": "10.1000/182"}, "No authors found in that text. Type the names."),
        ({"text": BIBTEX, "add": ""}, "Tick at least one author."),
        ({"text": BIBTEX, "add": "", "author-0-0": "on", "place-0-0": "x" * 161}, "Use at most 160 characters for"),
        ({"text": "x" * 1_000_001}, "Use at most 1000000 characters"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_stays(client_of, ada, typed, said):
    page = client_of(ada).post("/people/from-paper/", typed)
    assert page.status_code == 422
    assert said in text_of(page)
    assert typed["text"][:200] in HTMLParser(page.text).css_first("textarea").text()
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "author", ["A" * 300, "Given" * 60 + ", " + "Family" * 60, "\ufdfa" * 200 + ", Ann", "\U0001f680"]
)
def test_odd_names_dois_and_places_are_cut_or_left_out(client_of, ada, author):
    doi = "10.1000/" + "<abc>" * 150
    text = f"@article{{a, title={{T}}, author={{{author}}}, doi={{{doi}}}, url={{javascript:x}}}}"
    typed = {"text": text, "author-0-0": "on", "place-0-0": "A\0 place", "add": ""}
    assert client_of(ada).post("/people/from-paper/", typed).status_code == 302
    one = Contact.objects.get()
    assert one.work == "A place"
    assert (one.papers.get().doi, one.papers.get().url) == ("", "")


def test_somebody_is_added_by_hand_and_changed(client_of, ada, clock):
    client = client_of(ada)
    added = client.post("/people/new/", {"name": "Ann Bee", "how": "event", "work": "Marram", "source": "ICML 2026"})
    path = added.headers["Location"]
    assert "Conference or workshop" in text_of(client.get(path))
    facts = {"name": "Ann Bee", "how": "alumni", "next_step": "Thank her", "next_on": "2026-12-01"}
    client.post(f"{path}edit/", facts)
    assert "Thank her, Tue 1 Dec" in text_of(client.get(path))
    refused = client.post("/people/new/", {"name": "", "how": "nowhere", "email": "x", "url": "x y", "next_on": "soon"})
    assert refused.status_code == 422
    assert len(HTMLParser(refused.text).css(".error-summary li")) == 5


def test_one_follow_up_and_that_is_enough(client_of, ada, clock):
    one = person(ada)
    client, path = client_of(ada), f"/people/{one.public_id}/"
    for day in ("2026-11-02", "2026-11-09"):
        assert client.post(f"{path}messages/", {"kind": "sent", "on": day, "text": "Hello"}).status_code == 302
    assert list(one.messages.order_by("on").values_list("kind", flat=True)) == ["sent", "follow_up"]
    third = client.post(f"{path}messages/", {"kind": "follow_up", "on": "2026-11-10", "text": "Kept"})
    assert third.status_code == 422
    assert text_of(third).count("You wrote twice. That is enough.") >= 2
    assert "Kept" in third.text
    client.post(f"{path}messages/", {"kind": "answered", "on": "2026-11-10"})
    one.refresh_from_db()
    assert (one.standing, str(one.last_on)) == ("replied", "2026-11-10")
    assert wrote(ada, one, Said.FOLLOW_UP).kind == Said.SENT, "an answer begins anew"


def test_drafts_have_blanks_and_open_in_the_mail_program(client_of, ada):
    one = person(ada, email="ann@tidewater.example")
    client, path = client_of(ada), f"/people/{one.public_id}/"
    shown = [
        a.attributes["href"] for a in HTMLParser(client.get(path).text).css("section[aria-labelledby=drafts] ul a")
    ]
    assert [link.split("/")[-2] for link in shown] == ["paper", "talk", "referral", "follow-up", "thanks"]
    for link in shown:
        page = HTMLParser(client.get(link).text)
        text = page.css_first("textarea").text()
        assert text.startswith("Dear Ann Bee,")
        assert "…" in text
        assert text.strip().endswith("Ada Whitlock")
        assert page.css_first("main a.btn-p").attributes["href"].startswith("mailto:ann@tidewater.example?subject=")
    assert client.get(f"{path}draft/love/").status_code == 404
    wrote(ada, one), wrote(ada, one)
    assert "draft/follow-up/" not in client.get(path).text


def test_a_message_of_another_day_is_no_news(ada):
    one = person(ada)
    wrote(ada, one, Said.TALKED)
    wrote(ada, one, Said.ANSWERED, on=TODAY.replace(day=1))
    one.refresh_from_db()
    assert (one.standing, one.last_on) == (Standing.TALKING, TODAY)
    with pytest.raises(DomainError, match="still to come"):
        wrote(ada, one, on=TODAY.replace(year=2027))


def test_how_it_stands_is_said_by_a_button(client_of, ada):
    one = person(ada)
    client = client_of(ada)
    client.post(f"/people/{one.public_id}/standing/", {"standing": "referred"})
    client.post(f"/people/{one.public_id}/standing/", {"standing": "nonsense"})
    assert Contact.objects.get().standing == Standing.REFERRED
    page = HTMLParser(client.get("/people/outreach/").text)
    lists = {one.css_first("h2").text(): [a.text() for a in one.css("a.what")] for one in page.css("section.card")}
    assert lists == {"To write": [], "Written": [], "Replied": [], "Talking": [], "Referred": ["Ann Bee"]}


def test_whoever_is_deleted_is_gone_with_log_and_paper(client_of, ada):
    work = read_papers(BIBTEX).works[0]
    first, second = add_authors(picks=[Pick(work, author) for author in work.authors], by=ada, at=NOW)
    wrote(ada, first)
    client_of(ada).post(f"/people/{first.public_id}/delete/")
    assert (Message.objects.count(), Paper.objects.count()) == (0, 1)
    delete_contact(contact=second, by=ada)
    assert (Contact.objects.count(), Paper.objects.count()) == (0, 0)


@pytest.mark.parametrize("facts", [Facts("", "friend"), Facts("Ann", "nowhere")])
def test_nobody_without_a_name_or_a_source(ada, facts):
    with pytest.raises(IntegrityError):
        add_contact(facts=facts, by=ada, at=NOW)


def test_people_end_at_a_number(ada, settings):
    settings.WAYMARK_CONTACTS_MOST = 1
    person(ada)
    with pytest.raises(DomainError, match="These are 1 people already"):
        person(ada, "Cy Dee")


def test_each_sees_their_own_alone(client_of, ada, mallory):
    one = person(ada, why="CANARY")
    wrote(ada, one)
    client = client_of(mallory)
    for path in ("", "edit/", "delete/", "standing/", "messages/"):
        assert client.post(f"/people/{one.public_id}/{path}", {}).status_code in {404, 405}
    assert client.get(f"/people/{one.public_id}/").status_code == 404
    assert "Ann Bee" not in client.get("/people/").text + client.get("/people/outreach/").text
    assert not re.search("Ann|CANARY", f"{one} {one.messages.get()}"), "nor does a log name anybody"


def test_a_companys_page_shows_whom_one_knows_there(client_of, ada, mallory):
    CompanyFactory(name="Tidewater", slug="tidewater")
    one = person(ada, work="Tidewater Inc.")
    shown = HTMLParser(client_of(ada).get("/companies/tidewater/").text).css_first("section[aria-labelledby=people] a")
    assert (shown.text(), shown.attributes["href"]) == ("Ann Bee", f"/people/{one.public_id}/")
    assert "Ann Bee" not in client_of(mallory).get("/companies/tidewater/").text


def test_the_ladder_of_an_application_names_the_next_step(client_of, ada, mallory, grace, clock):
    tidewater = CompanyFactory(name="Tidewater")
    SupervisionFactory(student=ada, supervisor=grace, level="nothing")
    offer_introduction(company=tidewater, note="The speech team", by=grace, at=NOW)
    one = ApplicationFactory(student=ada, company=tidewater, stage="interested")
    for name, how in (("Met There", "event"), ("Paper Author", "paper"), ("Old Friend", "friend")):
        person(ada, name, how=how, work="Tidewater")
    client, path = client_of(ada), f"/applications/{one.public_id}/"
    ladder = HTMLParser(client.get(path).text).css_first("section[aria-labelledby=ladder]")
    assert [a.text() for a in ladder.css("a")] == ["Old Friend", f"Ask {grace}", "Paper Author", "Met There"]
    assert ["Next step: " in line.text() for line in ladder.css("li")] == [True, False, False, False, False]
    assert ladder.css("li")[-1].text().split() == "Apply directlyWhen none of them can help".split()
    for friend in Contact.objects.filter(how="friend"):
        set_standing(contact=friend, standing=Standing.NO_ANSWER, by=ada)
    ladder = HTMLParser(client.get(path).text).css_first("section[aria-labelledby=ladder]")
    assert ladder.css_first("a").text() == f"Ask {grace}", "who never answered comes last"
    Application.objects.update(stage="applied")
    assert "Next step:" not in client.get(path).text
    other = ApplicationFactory(student=mallory, company=tidewater)
    assert "Old Friend" not in client_of(mallory).get(f"/applications/{other.public_id}/").text


def test_the_search_finds_ones_own_people(client_of, ada, mallory):
    person(ada, work="Tidewater")
    assert "Ann Bee" in client_of(ada).get("/search/?q=tide+bee").text
    assert "Ann Bee" not in client_of(mallory).get("/search/?q=bee").text


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("/people/", 5), ("/people/outreach/", 5), ("/people/{}/", 8)])
def test_pages_take_the_same_queries_however_many(client_of, ada, count, path, queries, django_assert_num_queries):
    work = read_papers("Title\n" + ", ".join(f"Ann B{letter}e" for letter in "xyz"[:count])).works[0]
    people = add_authors(picks=[Pick(work, author, "Tidewater") for author in work.authors], by=ada, at=NOW)
    for one in people:
        wrote(ada, one)
    client, path = client_of(ada), path.format(people[0].public_id)
    client.get(path)
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


def test_after_18_months_one_is_asked_whether_to_delete_somebody(client_of, ada, clock):
    long_ago = NOW - dt.timedelta(days=549)
    old, kept = (add_contact(facts=Facts(name, "friend"), by=ada, at=long_ago) for name in ("Old One", "Kept One"))
    wrote(ada, kept), person(ada)
    client = client_of(ada)
    assert "You have not spoken to 1 of them for 18 months." in text_of(client.get("/people/"))
    assert names(client.get("/people/?old")) == ["Old One"]
    client.post(f"/people/{old.public_id}/delete/")
    assert "18 months" not in text_of(client.get("/people/"))


def test_a_long_list_goes_on(client_of, ada, settings):
    settings.WAYMARK_TABLE_PAGE = 2
    for name in ("Cy", "ann", "Bob"):
        person(ada, name)
    client = client_of(ada)
    first = client.get("/people/")
    assert names(first) == ["ann", "Bob"]
    more = HTMLParser(first.text).css_first("#more a").attributes["href"]
    assert names(client.get(f"/people/{more}")) == ["Cy"]
    assert names(client.get("/people/?after=nobody")) == ["ann", "Bob"]


def test_the_lists_of_outreach_show_who_waits_longest_first_and_count_the_rest(client_of, ada, clock, settings):
    settings.WAYMARK_OUTREACH_SHOWN = 2
    for name, day in (("Third", 9), ("First", 2), ("Second", 5)):
        wrote(ada, person(ada, name), on=TODAY.replace(day=day))
    person(ada, "To Write")
    lists = HTMLParser(client_of(ada).get("/people/outreach/").text).css("section.card")
    shown = [([a.text() for a in one.css("a.what")], one.css_first("h2").text()) for one in lists]
    assert shown[:2] == [(["To Write"], "To write"), (["First", "Second"], "Written")]
    assert lists[1].css_first(".count").text().startswith("3")


def test_when_two_companies_become_one_people_go_along_and_come_back(ada, cora):
    keeper, taken = CompanyFactory(name="Tidewater"), CompanyFactory(name="Tidewater Labs")
    team = taken.teams.create(name="Speech", slug="speech")
    one = person(ada, work="Tidewater Labs")
    edit_contact(contact=one, facts=Facts("Ann Bee", "friend", "Tidewater Labs", team_id=team.pk), by=ada)
    one.refresh_from_db()
    assert (one.company, one.team) == (taken, team)
    merge = merge_companies(keeper=keeper, taken=taken, values={}, by=cora, at=NOW)
    one.refresh_from_db()
    assert (one.company, one.team) == (keeper, team)
    undo_merge(merge=merge, by=cora, at=NOW)
    one.refresh_from_db()
    assert (one.company, one.team) == (taken, team)


def test_authors_are_added_for_an_application_of_ones_own(client_of, ada, mallory):
    own, theirs = ApplicationFactory(student=ada), ApplicationFactory(student=mallory)
    client, typed = client_of(ada), {"text": BIBTEX, "author-0-0": "on", "add": ""}
    assert own.public_id in client.post("/people/from-paper/", {"text": BIBTEX}).text
    client.post("/people/from-paper/", {**typed, "application": theirs.public_id})
    assert Contact.objects.get().applications.count() == 0
    client.post("/people/from-paper/", {**typed, "application": own.public_id})
    assert list(Contact.objects.get().applications.all()) == [own]
    assert "Jörg Müller" in client.get(f"/applications/{own.public_id}/").text
