"""Check 20: figures of many students about a company, and a department's sums, in which nobody shows through."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.insights.replies import Wait
from applications.models import Application, Event, Placement
from supervision.actions.counting import count_in, count_out, know_coordinators, publish
from supervision.cohort import Record, band, figure, may_replace, to_fives
from supervision.models import CohortFigure, Counted, Department
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, SupervisionFactory, UserFactory

WEEK = dt.timedelta(days=7)
SENT = dt.date(2026, 10, 12)


@pytest.fixture
def tidewater(season):
    return CompanyFactory(name="Tidewater")


def contribute(company, *, interviewed=False, counted=True):
    """Let one more student apply there, and be counted."""
    student = UserFactory()
    stage = "interviewing" if interviewed else "applied"
    one = ApplicationFactory(student=student, company=company, stage=stage, applied_on=SENT)
    if interviewed:
        Event.objects.create(application=one, kind="stage", stage=stage, on=SENT + 2 * WEEK, by=student)
    if counted:
        count_in(student=student, department=None, at=NOW)
    return student


def block(client, company):
    """Return what the company's page says of many, without its heading."""
    page = HTMLParser(client.get(f"/companies/{company.slug}/").text)
    words = " ".join(page.css_first("#cohort").text(separator=" ").split())
    return words.removeprefix("What students here saw ")


def test_four_say_nothing_and_no_digit(tidewater, ada, client_of, clock):
    for _ in range(4):
        contribute(tidewater, interviewed=True)
    publish(on=TODAY)
    said = block(client_of(ada), tidewater)
    assert (said, re.findall(r"\d", said)) == ("Not enough shared history here yet.", [])


def test_five_say_a_band_and_nothing_else(tidewater, ada, client_of, clock):
    for _ in range(5):
        contribute(tidewater, interviewed=True)
    publish(on=TODAY)
    assert CohortFigure.objects.get().said == {"students": "5 to 9"}
    assert block(client_of(ada), tidewater).startswith("5 to 9 students applied here. From students")


def test_ten_say_shares_to_the_nearest_ten_and_weeks_from_eight_answers(tidewater, ada, client_of, clock):
    for number in range(11):
        contribute(tidewater, interviewed=number < 8)
    publish(on=TODAY)
    said = block(client_of(ada), tidewater)
    assert said.startswith(
        "10 to 19 students applied here. About 70 % of them came to an interview. "
        "Half of the answers came within 2 weeks. Sent in October. Answered in October."
    )


def test_one_more_changes_nothing_before_the_weekly_job_nor_after_it(tidewater, ada, client_of, clock):
    for _ in range(5):
        contribute(tidewater)
    assert publish(on=TODAY) == 1
    before = block(client_of(ada), tidewater)
    contribute(tidewater)
    assert block(client_of(ada), tidewater) == before
    assert publish(on=TODAY + dt.timedelta(days=6)) == 0, "once a week at most"
    assert publish(on=TODAY + WEEK) == 0, "one student more is not told by a difference"
    for _ in range(4):
        contribute(tidewater)
    assert publish(on=TODAY + 2 * WEEK) == 1
    assert CohortFigure.objects.get().said["students"] == "10 to 19"


def test_who_did_not_agree_or_is_gone_is_not_counted(tidewater, clock):
    people = [contribute(tidewater, counted=number < 4) for number in range(9)]
    publish(on=TODAY)
    assert not CohortFigure.objects.exists()
    count_in(student=people[-1], department=None, at=NOW)
    publish(on=TODAY)
    assert CohortFigure.objects.exists()
    assert count_out(student=people[-1], department=None, at=NOW)
    publish(on=TODAY + WEEK)
    assert not CohortFigure.objects.exists(), "four are left"


def test_a_company_that_only_its_student_sees_is_not_counted(ada, season, clock):
    own = CompanyFactory(approved_at=None, proposed_by=ada)
    for _ in range(6):
        contribute(own)
    assert publish(on=TODAY) == 0


def test_the_basis_names_nobody(tidewater, clock):
    people = [contribute(tidewater) for _ in range(5)]
    publish(on=TODAY)
    kept = str(CohortFigure.objects.values().get())
    assert [one for one in people if one.public_id in kept or one.email in kept] == []


RECORDS = st.builds(
    Record,
    sent_in=st.frozensets(st.integers(1, 12), min_size=1, max_size=3),
    answered_in=st.frozensets(st.integers(1, 12), max_size=3),
    interviewed=st.booleans(),
    rounds=st.integers(0, 6),
    waits=st.lists(st.builds(Wait, st.integers(0, 200), st.booleans()), max_size=3).map(tuple),
)


@given(st.lists(RECORDS, max_size=30))
def test_what_is_said_of_many_is_as_coarse_as_promised(records):
    said = figure(records)
    if len(records) < 5:
        assert said is None
    elif len(records) < 10:
        assert said == {"students": "5 to 9"}
    else:
        assert said["interviewed"] % 10 == 0
        for key, told in (("sent_in", "sent_in"), ("answered_in", "answered_in")):
            named = {f"{dt.date(2026, month, 1):%B}": month for month in range(1, 13)}
            for month in said[key]:
                assert sum(named[month] in getattr(one, told) for one in records) >= 5
        if said["weeks"] is not None:
            assert sum(wait.answered for one in records for wait in one.waits) >= 8


@given(
    st.lists(RECORDS, min_size=5, max_size=14),
    st.lists(st.tuples(st.sampled_from(["joins", "leaves", "changes"]), RECORDS), max_size=25),
)
def test_between_two_weeks_either_nothing_changes_or_five_students_did(first, weeks):
    """What is published week by week, as somebody reads it who knows every other student's record."""
    people = dict(enumerate(first))
    published = {str(key): repr(one) for key, one in people.items()}
    shown = figure(list(people.values()))
    for number, (what, record) in enumerate(weeks):
        if what == "joins":
            people[100 + number] = record
        elif what == "leaves" and len(people) > 5:
            del people[min(people)]
        else:
            people[max(people)] = record
        basis = {str(key): repr(one) for key, one in people.items()}
        changed = {key for key in {*published, *basis} if published.get(key) != basis.get(key)}
        if may_replace(published, basis):
            assert len(changed) >= 5
            published, shown = basis, figure(list(people.values()))
        else:
            assert len(changed) < 5
    assert shown is not None


def test_bands_and_fives():
    assert [band(n) for n in (0, 4, 5, 9, 10, 19, 20, 999)] == ["", "", "5 to 9", "5 to 9", "10 to 19", "10 to 19"] + [
        "20 or more"
    ] * 2
    assert [to_fives(n) for n in (0, 1, 4, 5, 7, 8, 22)] == [
        "none", "fewer than 5", "fewer than 5", "about 5", "about 5", "about 10", "about 20",
    ]  # fmt: skip


# Consent


def test_it_is_off_until_somebody_says_so_and_ends_when_they_say_so(ada, season, client_of, clock):
    Department.objects.create(name="Informatics")
    client, key = client_of(ada), Department.objects.get().public_id
    assert client.get("/sharing/").text.count("Count me<") == 2
    for department in ("", key):
        client.post("/sharing/count/", {"department": department, "do": "in"})
        client.post("/sharing/count/", {"department": department, "do": "in"})
    assert Counted.objects.count() == 2
    assert client.get("/sharing/").text.count("Count me no more") == 2
    for department in ("", key):
        client.post("/sharing/count/", {"department": department, "do": "out"})
    assert not Counted.objects.standing().exists()
    assert client.post("/sharing/count/", {"department": "no-such", "do": "in"}).status_code == 404


# Who of the group was there


def test_fellows_of_the_group_who_say_so_are_named_to_the_group_alone(
    ada, mallory, grace, sam, tidewater, client_of, clock
):
    fellow, stranger = UserFactory(name="Noor Haddad"), UserFactory(name="Strange Person")
    for student, supervisor in ((ada, grace), (fellow, grace), (stranger, sam), (mallory, sam)):
        SupervisionFactory(student=student, supervisor=supervisor, level="nothing")
    for student in (fellow, stranger):
        was = ApplicationFactory(student=student, company=tidewater, stage="offer", outcome="accepted")
        Placement.objects.create(application=was, starts_on=dt.date(2025, 6, 2), tells_group=student == fellow)
    assert "Noor Haddad, 2025" in block(client_of(ada), tidewater)
    assert "Noor" not in block(client_of(mallory), tidewater)
    Placement.objects.update(tells_group=True)
    assert "Strange Person" not in block(client_of(ada), tidewater), "of another group"
    fellow.supervisions.update(ended_at=NOW)
    assert "Noor" not in block(client_of(ada), tidewater)


# A department's coordinator


@pytest.fixture
def department(db):
    kim = UserFactory(is_student=False, phd_started_on=None, name="Kim Ferro")
    made = Department.objects.create(name="Informatics")
    made.coordinators.add(kim)
    know_coordinators()
    kim.refresh_from_db()
    return made, kim


def test_a_coordinator_reads_sums_to_five_and_nothing_of_a_few(department, season, client_of, clock):
    made, kim = department
    for number in range(7):
        student = UserFactory(name=f"CANARY-{number}")
        count_in(student=student, department=made, at=NOW)
        ApplicationFactory.create_batch(2, student=student, stage="applied", applied_on=SENT)
        if number < 3:
            ApplicationFactory(student=student, stage="offer", applied_on=dt.date(2026, 9, 1))
    page = client_of(kim).get("/departments/").text
    cells = [[cell.text(strip=True) for cell in row.css("th, td")] for row in HTMLParser(page).css("tbody tr")]
    assert ["Applied", "about 15", "about 5"] in cells
    assert ["Offer", "not shown", "fewer than 5"] in cells
    assert ["Interested", "none", "none"] in cells
    assert [row for row in cells if row[0].startswith(("October", "September"))] == [
        ["September 2026", "not shown", "fewer than 5"],
        ["October 2026", "about 15", "about 5"],
    ]
    assert "CANARY" not in page
    assert "Departments" in client_of(kim).get("/settings/profile/").text


def test_below_five_students_there_is_no_sum(department, season, client_of, clock):
    made, kim = department
    for _ in range(4):
        student = UserFactory()
        count_in(student=student, department=made, at=NOW)
        ApplicationFactory(student=student)
    page = client_of(kim).get("/departments/").text
    assert "Not enough students are counted here yet." in page
    assert HTMLParser(page).css("table") == []


def test_nobody_else_finds_the_page(department, ada, grace, cora, admin, client_of, clock):
    assert {client_of(one).get("/departments/").status_code for one in (ada, grace, cora, admin)} == {404}


def test_a_coordinators_page_takes_the_same_queries_however_many(
    department, season, client_of, clock, django_assert_num_queries
):
    made, kim = department
    client = client_of(kim)
    for size in (5, 12):
        for _ in range(size):
            student = UserFactory()
            count_in(student=student, department=made, at=NOW)
            ApplicationFactory(student=student)
        client.get("/departments/")
        with django_assert_num_queries(5):
            client.get("/departments/")
    assert Application.objects.count() == 17


def test_staff_names_coordinators_and_they_know_it(admin, client_of, clock):
    kim = UserFactory(is_student=False, phd_started_on=None)
    client = client_of(admin)
    assert (
        client.post("/manage/supervision/department/add/", {"name": "Physics", "coordinators": [kim.pk]}).status_code
        == 302
    )
    kim.refresh_from_db()
    assert kim.is_coordinator
    made = Department.objects.get()
    client.post(f"/manage/supervision/department/{made.pk}/delete/", {"post": "yes"})
    kim.refresh_from_db()
    assert not kim.is_coordinator
