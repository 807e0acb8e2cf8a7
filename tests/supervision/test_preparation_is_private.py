"""Whatever a student shares, plans, debriefs, questions and teams stay with them."""

import pytest

from applications.models import Debrief, Question
from supervision.level import Level
from tests.factories import TODAY, ApplicationFactory, RoundFactory, SupervisionFactory

CANARIES = {
    name: f"canary-{name}"
    for name in (
        "line", "went-well", "to-improve", "colleagues", "step", "question", "answer",
        "team", "project", "people", "notes",
    )
}  # fmt: skip


@pytest.fixture
def application(ada):
    application = ApplicationFactory(student=ada, stage="interviewing")
    one = RoundFactory(application=application, status="done")
    one.prep.create(text=CANARIES["line"])
    Debrief.objects.create(
        round=one,
        went_well=CANARIES["went-well"],
        to_improve=CANARIES["to-improve"],
        colleagues=CANARIES["colleagues"],
        next_step=CANARIES["step"],
        felt="hard",
        written_on=TODAY,
    )
    Question.objects.create(round=one, text=CANARIES["question"], answer=CANARIES["answer"])
    application.team_talks.create(
        name=CANARIES["team"], project=CANARIES["project"], people=CANARIES["people"], notes=CANARIES["notes"]
    )
    return application


@pytest.mark.parametrize("level", list(Level))
def test_no_level_shows_what_a_round_taught(application, ada, grace, client_of, clock, level):
    SupervisionFactory(student=ada, supervisor=grace, level=level)
    client, student = client_of(grace), f"/supervision/{ada.public_id}/"
    pages = ("/supervision/", student, f"{student}applications/{application.public_id}/", "/notifications/")
    text = "".join(client.get(page).text for page in pages)
    assert [canary for canary in CANARIES.values() if canary in text] == []


def test_the_student_sees_all_of_it(application, ada, client_of, clock):
    client, interview = client_of(ada), application.rounds.get()
    pages = (f"/rounds/{interview.public_id}/", f"/applications/{application.public_id}/", "/questions/")
    text = "".join(client.get(page).text for page in pages)
    assert [canary for name, canary in CANARIES.items() if name != "notes" and canary not in text] == []
