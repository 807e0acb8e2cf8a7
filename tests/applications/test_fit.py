import re
import threading

import pytest
from django.db import connection

from applications.actions.fitting import add_requirements, delete_requirement, edit_requirement, tick_requirement
from applications.models import Requirement
from tests.factories import NOW, ApplicationFactory, CompanyFactory, SupervisionFactory
from tests.words import said
from tracker.lib.errors import DomainError, StaleError

HTMX = {"HX-Request": "true"}
PASTED = "Requirements:\r\n- A PhD in progress\r\n* PyTorch or JAX\r\n\r\n2) C++\r\n• PyTorch or JAX"
LINES = ["Requirements:", "A PhD in progress", "PyTorch or JAX", "C++"]


@pytest.fixture
def tidewater(ada):
    return ApplicationFactory(student=ada, company=CompanyFactory(name="Tidewater"), role="Research Intern")


@pytest.fixture
def python(tidewater):
    return tidewater.requirements.create(text="Python", position=1)


def url(application, rest="requirements/"):
    return f"/applications/{application.public_id}/{rest}"


def line(requirement, rest=""):
    return f"/requirements/{requirement.public_id}/{rest}"


def listed(application):
    return list(application.requirements.order_by("position", "pk").values_list("text", flat=True))


def undo_in(response):
    return re.search(r'action="(/undo/[^"]+)"', response.text)[1]


@pytest.mark.parametrize("htmx", [False, True])
def test_each_pasted_line_becomes_one_and_all_are_taken_back(tidewater, ada, client_of, clock, htmx):
    client = client_of(ada)
    answer = client.post(url(tidewater), {"lines": PASTED}, headers=HTMX if htmx else {}, follow=not htmx)
    assert (listed(tidewater), "4 lines added." in answer.text) == (LINES, True)
    assert "Say for each whether you meet it: yes, partly or not yet." in answer.text
    client.post(undo_in(answer))
    assert listed(tidewater) == []


def test_lines_on_the_list_are_not_added_again(tidewater, python, ada, client_of, clock):
    client = client_of(ada)
    client.post(url(tidewater), {"lines": "python\nC++"})
    answer = client.post(url(tidewater), {"lines": "python\nC++"}, follow=True)
    assert (listed(tidewater), "These are on the list already." in answer.text) == (["Python", "C++"], True)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Paste what they ask for, a line each."),
        (" \n-\n*  \n", "Paste what they ask for, a line each."),
        ("a\0b", "Enter plain text."),
        ("x" * 10_000, "Use at most 300 characters in a line; “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…” has 10,000."),
        ("\n".join(map(str, range(500))), "Keep at most 60 lines; this has 500. Paste the ones that matter."),
    ],
)
def test_what_cannot_be_lines_is_refused_and_kept(tidewater, ada, client_of, clock, lines, sentence, htmx):
    response = client_of(ada).post(url(tidewater), {"lines": lines}, headers=HTMX if htmx else {})
    assert (response.status_code, sentence in response.text, "There is a problem" in response.text) == (422, True, True)
    assert ("<html" in response.text, lines.replace("\0", "")[-20:] in response.text) == (not htmx, True)
    assert listed(tidewater) == []


def test_a_full_list_says_how_many_there_are(tidewater, ada):
    add_requirements(application=tidewater, text="\n".join(map(str, range(59))), by=ada, at=NOW)
    with pytest.raises(DomainError, match="Keep at most 60 lines; there are 59 already, and this has 2"):
        add_requirements(application=tidewater, text="a\nb", by=ada, at=NOW)


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("meets", ["yes", "partly", "no"])
def test_a_line_is_ticked_and_that_is_taken_back(tidewater, python, ada, client_of, clock, meets, htmx):
    client = client_of(ada)
    answer = client.post(line(python, "meets/"), {"meets": meets}, headers=HTMX if htmx else {}, follow=not htmx)
    python.refresh_from_db()
    pressed = f'value="{meets}" aria-pressed="true"'
    assert (python.meets, pressed in answer.text, answer.text.count('aria-pressed="true"')) == (meets, True, 1)
    assert ("data-focus" in answer.text.partition("asked-")[2]) == htmx
    client.post(undo_in(answer))
    python.refresh_from_db()
    assert python.meets == ""


@pytest.mark.parametrize("meets", ["", "no idea", "\0", "x" * 10_000])
def test_a_tick_of_something_else_is_none(python, ada, client_of, clock, meets):
    answer = client_of(ada).post(line(python, "meets/"), {"meets": meets})
    python.refresh_from_db()
    assert (answer.status_code, python.meets) == (302, "")
    with pytest.raises(DomainError):
        tick_requirement(requirement=python, meets="no idea", by=ada, at=NOW)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_line_is_corrected_in_its_place_and_that_is_taken_back(tidewater, python, ada, client_of, clock, htmx):
    client, headers = client_of(ada), HTMX if htmx else {}
    form = client.get(line(python), headers=headers)
    assert ("<html" in form.text, form.headers["HX-Retarget"]) == (not htmx, f"#asked-{python.public_id}")
    sent = {"text": "Python 3", "meets": "yes", "initial-text": "Python", "initial-meets": ""}
    answer = client.post(line(python), sent, headers=headers, follow=not htmx)
    assert (listed(tidewater), "You meet 1 of 1: all of them." in answer.text) == (["Python 3"], True)
    client.post(undo_in(answer))
    assert listed(tidewater) == ["Python"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Enter what they ask for"),
        ({"text": "x" * 301}, "Use at most 300 characters; this has 301."),
        ({"text": "a\0b"}, "Enter plain text."),
        ({"meets": "maybe"}, "Choose one from the list."),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_correction_refused_says_why(python, ada, client_of, clock, wrong, sentence, htmx):
    sent = {"text": "Kept", "meets": "yes", "initial-text": "Python", "initial-meets": "", **wrong}
    response = client_of(ada).post(line(python), sent, headers=HTMX if htmx else {})
    python.refresh_from_db()
    assert (response.status_code, sentence in response.text, python.text) == (422, True, "Python")


@pytest.mark.parametrize("htmx", [False, True])
def test_a_correction_of_what_changed_meanwhile_shows_both(python, ada, client_of, clock, htmx):
    python.text = "Theirs"
    python.save()
    sent = {"text": "Mine", "meets": "", "initial-text": "Python", "initial-meets": ""}
    response = client_of(ada).post(line(python), sent, headers=HTMX if htmx else {})
    assert response.status_code == 409
    assert "This line changed in another tab." in said(response)
    assert "What they ask for Yours Mine Saved Theirs" in said(response)


@pytest.mark.parametrize("htmx", [False, True])
def test_a_line_is_taken_off_and_put_back(tidewater, python, ada, client_of, clock, htmx):
    client = client_of(ada)
    answer = client.post(line(python, "delete/"), headers=HTMX if htmx else {}, follow=not htmx)
    assert (listed(tidewater), "Taken off the list." in answer.text) == ([], True)
    assert client.post(line(python, "delete/")).status_code == 404
    client.post(undo_in(answer))
    assert listed(tidewater) == ["Python"]


def test_what_was_deleted_in_another_tab_is_told(python, ada):
    Requirement.objects.all().delete()
    with pytest.raises(StaleError):
        tick_requirement(requirement=python, meets="yes", by=ada, at=NOW)
    with pytest.raises(StaleError):
        edit_requirement(requirement=python, seen={}, text="x", meets="", by=ada, at=NOW)
    delete_requirement(requirement=python, by=ada, at=NOW)


def test_nobody_else_finds_a_line(python, mallory, grace, cora, admin, client_of):
    pages = [line(python), line(python, "meets/"), line(python, "delete/"), url(python.application)]
    people = (mallory, grace, cora, admin)
    answers = {client_of(who).post(page, {"meets": "yes"}).status_code for who in people for page in pages}
    python.refresh_from_db()
    assert (answers, python.meets) == ({404}, "")


def test_the_page_to_paste_on_works_without_javascript(tidewater, ada, client_of, clock):
    page = client_of(ada).get(url(tidewater))
    assert "What Tidewater asks for" in said(page)


def test_text_of_a_posting_stays_text(tidewater, ada, client_of, clock):
    script = "<script>alert(1)</script>"
    asked = tidewater.requirements.create(text=script)
    client = client_of(ada)
    assert [page for page in (url(tidewater, ""), line(asked)) if script in client.get(page).text] == []


def test_lines_are_folded_once_the_application_is_sent(tidewater, python, ada, client_of, clock):
    client = client_of(ada)
    assert '<details class="asked-all" open>' in client.get(url(tidewater, "")).text
    tidewater.stage = "applied"
    tidewater.save()
    assert '<details class="asked-all">' in client.get(url(tidewater, "")).text


@pytest.mark.parametrize("rows", [1, 30])
def test_a_tick_asks_a_fixed_number_of_questions(tidewater, ada, client_of, django_assert_num_queries, clock, rows):
    asked = [tidewater.requirements.create(text=f"Line {n}", position=n) for n in range(rows)]
    client = client_of(ada)
    client.post(line(asked[0], "meets/"), {"meets": "no"}, headers=HTMX)
    with django_assert_num_queries(20):  # most of them are the undo: two snapshots, a lock, savepoints
        client.post(line(asked[0], "meets/"), {"meets": "yes"}, headers=HTMX)


def test_a_supervisor_who_sees_details_sees_nothing_of_it(tidewater, ada, grace, client_of, clock):
    SupervisionFactory(student=ada, supervisor=grace, level="details")
    marks = [f"CANARY-{name}" for name in ("tag", "posting", "notes", "asked")]
    tidewater.tags, tidewater.posting_text, tidewater.notes = marks[:1], marks[1], marks[2]
    tidewater.closeness, tidewater.could_become, tidewater.reasons = "partly", ["patent"], ["city"]
    tidewater.next_step = "CANARY-step"
    tidewater.save()
    tidewater.requirements.create(text=marks[3], meets="yes")
    client_of(ada).post(url(tidewater, "next/done/"))
    client = client_of(grace)
    pages = [f"/supervision/{ada.public_id}/", f"/supervision/{ada.public_id}/applications/{tidewater.public_id}/"]
    text = "".join(client.get(page).text for page in pages)
    assert "Research Intern" in text
    leaks = ("CANARY", "Partly close", "Patent", "A city", "You meet", "Done:")
    assert [leak for leak in leaks if leak in text] == []


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_both_count(client_of):
    application = ApplicationFactory()
    asked = [application.requirements.create(text=f"Line {n}") for n in range(2)]
    together, client = threading.Barrier(2), client_of(application.student)
    cookies = client.cookies
    answers = []

    def tick(requirement):
        from django.test import Client

        own = Client()
        own.cookies = cookies
        together.wait()
        try:
            answers.append(own.post(line(requirement, "meets/"), {"meets": "yes"}).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=tick, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers, set(application.requirements.values_list("meets", flat=True))) == ([302, 302], {"yes"})
