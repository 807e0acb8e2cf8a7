"""Comments between a student and one supervisor, introductions that a supervisor offers, and the group's year."""

import datetime as dt

import pytest

from applications.models import Placement
from supervision import actions
from supervision.models import Comment, Introduction, Milestone
from supervision.queries.group import group_page
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, UserFactory
from tracker.lib.errors import StaleError

HTML = 'Well <b>done</b> & "more"'


@pytest.fixture
def tidewater(ada, season):
    return ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Speech intern")


def theirs(student, application):
    return f"/supervision/{student.public_id}/applications/{application.public_id}/"


def own(application):
    return f"/applications/{application.public_id}/"


def test_each_supervisor_reads_only_what_is_said_with_them(ada, grace, sam, tidewater, share, client_of, clock):
    first, second = share(ada, grace, "stages"), share(ada, sam, "details")
    client_of(grace).post(f"{theirs(ada, tidewater)}comments/", {"text": HTML})
    client_of(ada).post(f"/sharing/{second.public_id}/comments/{tidewater.public_id}/", {"text": "For Sam alone"})
    page = client_of(ada).get(own(tidewater)).text
    assert "Well &lt;b&gt;done&lt;/b&gt; &amp; &quot;more&quot;" in page
    assert "For Sam alone" in page
    graces, sams = (client_of(one).get(theirs(ada, tidewater)).text for one in (grace, sam))
    assert ("Well" in graces, "For Sam" in graces, "Well" in sams, "For Sam" in sams) == (True, False, False, True)
    actions.change_level(supervision=first, level="summary", by=ada, at=NOW)
    assert client_of(grace).post(f"{theirs(ada, tidewater)}comments/", {"text": "Still?"}).status_code == 404
    page = client_of(ada).get(own(tidewater)).text
    assert ("Well" in page, "They do not see this application any more." in page) == (True, True)


def test_what_is_hidden_takes_its_comments_along(ada, grace, tidewater, share, client_of, clock):
    supervision = share(ada, grace, "details")
    said = actions.say(supervision=supervision, application=tidewater, text="A word", by=grace, at=NOW)
    assert Comment.objects.visible_to(grace).get() == said
    actions.set_exception(
        supervision=supervision, application=tidewater, is_hidden=True, shows_pay=False, by=ada, at=NOW
    )
    assert not Comment.objects.visible_to(grace).exists()
    assert client_of(grace).post(f"/comments/{said.public_id}/delete/").status_code == 404
    with pytest.raises(StaleError):
        actions.say(supervision=supervision, application=tidewater, text="More", by=grace, at=NOW)
    response = client_of(ada).post(f"/sharing/{supervision.public_id}/comments/{tidewater.public_id}/", {"text": "x"})
    assert response.status_code == 404, "who sees nothing of it is not written to about it"


def test_either_takes_back_what_they_said_themselves(ada, grace, tidewater, share, client_of, clock):
    supervision = share(ada, grace, "stages")
    said = actions.say(supervision=supervision, application=tidewater, text="Mine", by=grace, at=NOW)
    assert client_of(ada).post(f"/comments/{said.public_id}/delete/").status_code == 404
    response = client_of(grace).post(f"/comments/{said.public_id}/delete/")
    assert response.headers["Location"] == theirs(ada, tidewater)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(("text", "sentence"), [("  ", "Enter what you have to say"), ("x" * 4_001, "at most 4000")])
def test_a_bad_comment_is_refused_on_either_side(ada, grace, tidewater, share, client_of, clock, text, sentence):
    supervision = share(ada, grace, "stages")
    addresses = (
        (grace, f"{theirs(ada, tidewater)}comments/"),
        (ada, f"/sharing/{supervision.public_id}/comments/{tidewater.public_id}/"),
    )
    for person, address in addresses:
        response = client_of(person).post(address, {"text": text})
        assert (response.status_code, sentence in response.text, text in response.text) == (422, True, True)
    assert not Comment.objects.exists()


def test_a_double_click_says_it_once(ada, grace, tidewater, share):
    supervision = share(ada, grace, "stages")
    for _ in range(2):
        actions.say(supervision=supervision, application=tidewater, text="Once", by=grace, at=NOW)
    assert Comment.objects.count() == 1


def test_an_introduction_is_offered_to_ones_own_students_and_asked_for(
    ada, mallory, grace, tidewater, share, client_of, clock
):
    share(ada, grace, "nothing")
    other = ApplicationFactory(student=mallory, company=tidewater.company)
    known = {"company": "tidewater", "person": "Dr Ann Bee", "note": "The speech team"}
    response = client_of(grace).post("/supervision/introductions/", known)
    assert response.status_code == 302
    page = client_of(ada).get(own(tidewater)).text
    assert ("Who can help you in" in page, "Dr Ann Bee. The speech team" in page) == (True, True)
    assert "kind=introduction" in page
    assert "Who can help you in" not in client_of(mallory).get(own(other)).text
    proposed = (
        client_of(ada)
        .get(f"/requests/new/?kind=introduction&application={tidewater.public_id}&what=Introduction+at+Tidewater")
        .text
    )
    assert 'value="Introduction at Tidewater"' in proposed
    offered = Introduction.objects.get()
    client_of(grace).post(f"/supervision/introductions/{offered.public_id}/delete/")
    assert "Who can help you in" not in client_of(ada).get(own(tidewater)).text


def test_only_companies_of_the_shared_list_are_introduced_at(ada, grace, share, client_of, clock):
    CompanyFactory(name="Hidden", approved_at=None, proposed_by=ada)
    for name in ("Hidden", "Nowhere"):
        response = client_of(grace).post("/supervision/introductions/", {"company": name})
        assert (response.status_code, "has no company of this name" in response.text) == (422, True)


def test_absences_are_confirmed_by_the_student_alone(ada, grace, tidewater, share, client_of, clock, season):
    share(ada, grace, "stages")
    going = ApplicationFactory(
        student=ada, company=CompanyFactory(name="Kestrel"), role="Vision", stage="offer", outcome="accepted",
        starts_from=dt.date(2027, 6, 1), weeks=12,
    )  # fmt: skip
    placement = Placement.objects.create(
        application=going, starts_on=dt.date(2027, 6, 14), ends_on=dt.date(2027, 9, 3), mentor="CANARY", goal="CANARY"
    )
    actions.add_milestone(title="Review", starts_on=dt.date(2027, 9, 3), ends_on=None, by=grace)
    actions.add_milestone(title="Course", starts_on=dt.date(2027, 5, 1), ends_on=dt.date(2027, 6, 13), by=grace)
    (likely,) = group_page(grace, on=TODAY).absences
    assert (likely.is_confirmed, likely.words, likely.during) == (False, "1 June 2027 to 23 August 2027", ("Course",))
    Placement.objects.update(is_shared=True)
    (told,) = group_page(grace, on=TODAY).absences
    assert (told.is_confirmed, told.words, told.during) == (True, "14 June 2027 to 3 September 2027", ("Review",))
    page = client_of(grace).get("/supervision/year/").text
    assert ("Ada Whitlock, Kestrel" in page, "CANARY" in page) == (True, False)
    assert placement.is_shared is False, "the default"


@pytest.mark.parametrize("level", ["nothing", "summary"])
def test_absences_need_the_level_that_shows_companies(ada, grace, share, level, season):
    share(ada, grace, level)
    going = ApplicationFactory(student=ada, stage="offer", outcome="accepted", starts_from=dt.date(2027, 6, 1))
    Placement.objects.create(application=going, starts_on=dt.date(2027, 6, 14), is_shared=True)
    page = group_page(grace, on=TODAY)
    assert (page.absences, page.years) == ([], [])


def test_an_absence_of_something_hidden_is_hidden(ada, grace, share, season):
    supervision = share(ada, grace, "details")
    going = ApplicationFactory(student=ada, stage="offer", outcome="accepted", starts_from=dt.date(2027, 6, 1))
    Placement.objects.create(application=going, starts_on=dt.date(2027, 6, 14), is_shared=True)
    assert len(group_page(grace, on=TODAY).absences) == 1
    actions.set_exception(supervision=supervision, application=going, is_hidden=True, shows_pay=False, by=ada, at=NOW)
    page = group_page(grace, on=TODAY)
    assert (page.absences, page.years) == ([], [])


def test_the_year_takes_the_same_number_of_queries_for_many(grace, share, season, django_assert_num_queries):
    for _ in range(3):
        student = UserFactory()
        share(student, grace, "stages")
        ApplicationFactory(student=student, stage="interviewing", starts_from=dt.date(2027, 6, 1))
    with django_assert_num_queries(4):
        assert len(group_page(grace, on=TODAY).absences) == 3


def test_a_milestone_is_added_changed_and_deleted(grace, client_of, clock):
    client = client_of(grace)
    refused = client.post("/supervision/year/", {"title": "Review", "starts_on": "2027-02-02", "ends_on": "2027-02-01"})
    assert (refused.status_code, "The last day is before the first." in refused.text) == (422, True)
    client.post("/supervision/year/", {"title": "Review", "starts_on": "2027-02-02"})
    one = Milestone.objects.get()
    client.post(f"/supervision/milestones/{one.public_id}/", {"title": "Grant review", "starts_on": "2027-02-03"})
    assert "Grant review" in client.get("/supervision/year/").text
    client.post(f"/supervision/milestones/{one.public_id}/delete/")
    assert not Milestone.objects.exists()
