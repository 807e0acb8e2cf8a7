"""What rounds taught: debriefs, and the question bank that grows out of them."""

import datetime as dt

import pytest

from applications.models import Debrief, Event, Question, Undo
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, RoundFactory
from tests.words import said

QUESTIONS = "Why graphs?\nProve the bound.\n\n Why graphs? "


@pytest.fixture
def application(ada):
    return ApplicationFactory(
        student=ada, stage="interviewing", company=CompanyFactory(name="Northlight Labs"), next_step="Ask Priya"
    )


@pytest.fixture
def interview(application):
    return RoundFactory(application=application, kind="coding")


def url(interview):
    return f"/rounds/{interview.public_id}/debrief/"


def typed(interview=None, **more):
    """What the form sends when it was opened on what is saved."""
    known = Debrief.objects.filter(round=interview).first() if interview else None
    lines = Question.objects.filter(round=interview).order_by("position").values_list("text", flat=True)
    values = {
        "came_up": "\n".join(lines) if interview else "",
        "felt": known.felt if known else "",
        **{name: getattr(known, name, "") for name in ("went_well", "to_improve", "colleagues", "next_step")},
    }
    first = {f"initial-{name}": value for name, value in values.items()}
    return {**values, **first, "version": known.version if known else 0, **more}


def written(round_, text="Said the plan aloud", asked=("Why graphs?",), **more):
    Debrief.objects.create(round=round_, went_well=text, written_on=TODAY, **more)
    for place, question in enumerate(asked):
        Question.objects.create(round=round_, text=question, position=place)
    return round_


def test_a_debrief_makes_questions_and_the_round_has_happened(interview, ada, client_of, clock):
    form = typed(came_up=QUESTIONS, felt="mixed", went_well="Said the plan aloud", thanked="on")
    response = client_of(ada).post(url(interview), form)
    assert response.headers["Location"] == f"/rounds/{interview.public_id}/"
    debrief = Debrief.objects.get()
    assert (debrief.felt, debrief.thanked, debrief.written_on, debrief.version) == ("mixed", True, TODAY, 1)
    texts = list(Question.objects.order_by("position").values_list("text", flat=True))
    interview.refresh_from_db()
    assert (texts, interview.status, interview.revision) == (["Why graphs?", "Prove the bound."], "done", 2)


def test_the_timeline_says_that_there_is_one_and_nothing_of_what_it_says(interview, ada, client_of, clock):
    client_of(ada).post(url(interview), typed(went_well="Secret"))
    texts = list(Event.objects.filter(kind="round").order_by("pk").values_list("text", flat=True))
    assert texts == ["Debrief: coding", "Coding: done and waiting"]


@pytest.mark.parametrize("status", ["passed", "not_this_time", "cancelled"])
def test_a_round_that_went_somewhere_stays_there(interview, ada, client_of, clock, status):
    interview.status = status
    interview.save()
    client_of(ada).post(url(interview), typed(felt="steady"))
    interview.refresh_from_db()
    assert (interview.status, interview.revision) == (status, 1)


def test_a_debrief_is_changed_and_a_question_that_stays_keeps_its_answer(interview, ada, client_of, clock):
    written(interview, asked=("Why graphs?", "Prove the bound."))
    Question.objects.filter(text="Prove the bound.").update(answer="By induction")
    form = typed(interview, came_up="Prove the bound.\r\nWhat about time?")
    client_of(ada).post(url(interview), form)
    kept = list(Question.objects.order_by("position").values_list("text", "answer"))
    assert kept == [("Prove the bound.", "By induction"), ("What about time?", "")]
    assert Debrief.objects.get().version == 2


def test_what_a_debrief_took_away_comes_back_with_undo(interview, ada, client_of, clock):
    written(interview)
    client = client_of(ada)
    client.post(url(interview), typed(interview, came_up=""))
    assert Question.objects.count() == 0
    client.post(f"/undo/{Undo.objects.get().public_id}/")
    assert Question.objects.get().text == "Why graphs?"


@pytest.mark.parametrize(
    ("take", "step", "after"),
    [
        ("on", "They write by Friday", "They write by Friday"),
        ("", "They write by Friday", "Ask Priya"),
        ("on", "", "Ask Priya"),
    ],
)
def test_the_step_they_named_becomes_the_next_one_when_asked(
    interview, application, ada, client_of, clock, take, step, after
):
    client_of(ada).post(url(interview), typed(next_step=step, take_step=take))
    application.refresh_from_db()
    assert application.next_step == after


def test_a_day_makes_it_the_next_step_by_that_day(interview, application, ada, client_of, clock):
    friday = TODAY + dt.timedelta(days=3)
    form = typed(next_step="Send the proof", step_on=friday.isoformat())
    client_of(ada).post(url(interview), form | {"initial-step_on": ""})
    application.refresh_from_db()
    assert (application.next_step, application.next_step_on) == ("Send the proof", friday)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"came_up": "x" * 501}, "Use at most 500 characters a line; line 1 has 501."),
        ({"came_up": "x" * 20_001}, "Use at most 20000 characters; this has 20001."),
        ({"came_up": "\n".join(map(str, range(41)))}, "Keep to 40 questions; these are 41."),
        ({"felt": "great"}, "Choose one from the list."),
        ({"went_well": "x" * 5_001}, "Use at most 5000 characters; this has 5001."),
        ({"colleagues": "a\0b"}, "Enter plain text."),
        ({"next_step": "x" * 301}, "Use at most 300 characters; this has 301."),
        ({"next_step": "x" * 201, "take_step": "on"}, "A next step has at most 200 characters. Make it shorter."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(interview, ada, client_of, clock, wrong, sentence):
    response = client_of(ada).post(url(interview), typed(to_improve="Test earlier", **wrong))
    assert (response.status_code, sentence in response.text) == (422, True)
    assert ("There is a problem" in response.text, "Test earlier" in response.text) == (True, True)
    assert (Debrief.objects.count(), Question.objects.count()) == (0, 0)


def test_an_older_tab_is_shown_both_and_the_second_click_is_no_conflict(interview, ada, client_of, clock):
    client, blank = client_of(ada), typed()
    first = {**blank, "went_well": "Said the plan"}
    assert [client.post(url(interview), first).status_code for _ in range(2)] == [302, 302]
    response = client.post(url(interview), {**blank, "went_well": "Drew it", "came_up": "Why graphs?"})
    assert response.status_code == 409
    text = said(response)
    assert "Where you showed your thinking Yours Drew it Saved Said the plan" in text
    assert "What came up Yours Why graphs? Saved Empty" in text
    assert (Debrief.objects.get().went_well, Question.objects.count()) == ("Said the plan", 0)


def test_a_later_round_of_the_same_kind_shows_what_earlier_ones_taught(interview, ada, client_of, clock):
    elsewhere = ApplicationFactory(student=ada, company=CompanyFactory(name="Marram"))
    written(RoundFactory(application=elsewhere, kind="coding", status="done"), felt="hard")
    written(RoundFactory(application=elsewhere, kind="talk", status="done"), "About the talk")
    written(RoundFactory(kind="coding"), "Of somebody else", asked=("Not yours",))
    text = said(client_of(ada).get(f"/rounds/{interview.public_id}/"))
    assert "Marram, 10 Nov Felt Hard Thinking shown Said the plan aloud What came up Why graphs?" in text
    assert ("About the talk" in text, "Of somebody else" in text, "Not yours" in text) == (False, False, False)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_asks_a_fixed_number_of_questions(interview, ada, client_of, django_assert_num_queries, clock, rows):
    for n in range(rows):
        written(RoundFactory(application=interview.application, kind="coding"), asked=(f"Why {n}?", f"How {n}?"))
    client = client_of(ada)
    with django_assert_num_queries(8):  # session, person, round, clashes, plan, debriefs, their questions, bell
        client.get(f"/rounds/{interview.public_id}/")


# The question bank


def bank(ada, client_of, query=""):
    return client_of(ada).get(f"/questions/{query}")


@pytest.fixture
def questions(ada):
    companies = {name: CompanyFactory(name=name) for name in ("Marram", "Tidewater")}
    for company, kind, text, answer in (
        ("Marram", "coding", "Shortest path with a budget", "Dijkstra on pairs"),
        ("Tidewater", "research", "Why meshes?", ""),
        ("Tidewater", "coding", "Two sums", ""),
    ):
        application = ApplicationFactory(student=ada, company=companies[company])
        Question.objects.create(round=RoundFactory(application=application, kind=kind), text=text, answer=answer)
    Question.objects.create(round=RoundFactory(kind="coding"), text="Of somebody else")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Two sums", "Why meshes?", "Shortest path with a budget"]),
        ("?kind=coding", ["Two sums", "Shortest path with a budget"]),
        ("?q=PATH", ["Shortest path with a budget"]),
        ("?q=dijkstra", ["Shortest path with a budget"]),
        ("?q=tidewater&unanswered=on", ["Two sums", "Why meshes?"]),
        ("?unanswered=on&kind=research", ["Why meshes?"]),
        ("?q=%25", []),
        ("?q=somebody", []),
        ("?kind=duel", ["Two sums", "Why meshes?", "Shortest path with a budget"]),
        ("?q=%00&after=%00", ["Two sums", "Why meshes?", "Shortest path with a budget"]),
        (f"?q={'x' * 300}", ["Two sums", "Why meshes?", "Shortest path with a budget"]),
    ],
)
def test_the_bank_holds_ones_own_questions_and_is_searched(questions, ada, client_of, clock, query, found):
    assert [row.text for row in bank(ada, client_of, query).context["page"].rows] == found


def test_the_bank_goes_on_where_the_page_ended(questions, ada, client_of, clock, settings):
    settings.WAYMARK_TABLE_PAGE = 2
    first = bank(ada, client_of, "?kind=").context
    assert (len(first["page"].rows), first["page"].summary) == (2, "2 questions, more below")
    second = bank(ada, client_of, first["next_url"]).context["page"]
    assert ([row.text for row in second.rows], second.after) == (["Shortest path with a budget"], "")


@pytest.mark.parametrize("rows", [1, 30])
def test_the_bank_asks_a_fixed_number_of_questions(interview, ada, client_of, django_assert_num_queries, clock, rows):
    for n in range(rows):
        Question.objects.create(round=interview, text=f"Why {n}?")
    client = client_of(ada)
    with django_assert_num_queries(4):  # session, person, questions, bell
        client.get("/questions/")


def test_htmx_gets_the_results_alone(questions, ada, client_of, clock):
    response = client_of(ada).get("/questions/?kind=coding", headers={"HX-Request": "true"})
    assert ("<main" in response.text, "2 questions" in response.text) == (False, True)


def test_an_answer_is_written_and_an_older_tab_is_shown_both(questions, ada, client_of, clock):
    question, client = Question.objects.get(text="Two sums"), client_of(ada)
    page = f"/questions/{question.public_id}/"
    form = {"answer": "A set of\r\ncomplements", "initial-answer": ""}
    assert [client.post(page, form).status_code for _ in range(2)] == [302, 302]
    question.refresh_from_db()
    assert question.answer == "A set of\ncomplements"
    response = client.post(page, {"answer": "Sort first", "initial-answer": ""})
    assert (response.status_code, "Yours Sort first Saved A set of" in said(response)) == (409, True)
    again = client.post(page, {"answer": "Sort first", "initial-answer": "A set of\r\ncomplements"})
    question.refresh_from_db()
    assert (again.status_code, question.answer) == (302, "Sort first")


@pytest.mark.parametrize("answer", ["x" * 5_001, "a\0b"])
def test_an_answer_that_does_not_fit_is_refused(questions, ada, client_of, clock, answer):
    question = Question.objects.get(text="Two sums")
    response = client_of(ada).post(f"/questions/{question.public_id}/", {"answer": answer, "initial-answer": ""})
    assert (response.status_code, "There is a problem" in response.text) == (422, True)


def test_nobody_else_reaches_debriefs_and_questions(interview, mallory, grace, cora, admin, client_of):
    written(interview)
    people = (mallory, grace, cora, admin)
    question = f"/questions/{Question.objects.get().public_id}/"
    for page in (url(interview), question):
        for act in ("get", "post"):
            answers = [getattr(client_of(who), act)(page, typed(answer="x")).status_code for who in people]
            assert answers == [404] * 4
    assert [client_of(who).get("/questions/").status_code for who in people] == [200, 403, 403, 403]
    assert "Why graphs?" not in client_of(mallory).get("/questions/").text


def test_an_old_debrief_names_its_year(interview, ada, client_of, clock):
    other = RoundFactory(application=interview.application, kind="coding")
    Debrief.objects.create(round=other, went_well="Long ago", written_on=TODAY - dt.timedelta(400))
    assert "Northlight Labs, 6 Oct 2025" in said(client_of(ada).get(f"/rounds/{interview.public_id}/"))


def test_a_debrief_is_offered_when_the_round_is_over(interview, ada, client_of, clock):
    page = f"/rounds/{interview.public_id}/"
    client = client_of(ada)
    assert "Write a debrief" in client.get(page).text
    interview.status = "done"
    interview.save()
    assert "Write the debrief" in client.get(page).text
    written(interview)
    assert "Write the debrief" not in client.get(page).text
    assert NOW.date() == TODAY
