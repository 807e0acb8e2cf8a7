"""What is said after a change of stage."""

from applications.models import Application, InterviewRound, Offer
from applications.stage import Stage

_HAPPENED = [
    InterviewRound.Status.DONE.value,
    InterviewRound.Status.PASSED.value,
    InterviewRound.Status.NOT_THIS_TIME.value,
]


def moved_words(application: Application) -> str:
    """Name company and stage: the toast after a move; of one on hold that was sent, whom to ask first."""
    moved = f"{application.company.name} moved to {application.look.label}."
    if application.stage != Stage.APPLIED or not application.referral.waits(application.stage_since):
        return moved
    if not application.referrer:
        return f"{moved} It is on hold for a referral. Check that before you submit."
    return f"{moved} You asked {application.referrer} for a referral. Check with them before you submit."


def closing_words(application: Application) -> str:
    """Answer a closing with one of two sentences; there is no third."""
    reached = application.rounds.filter(status__in=_HAPPENED).count()
    if reached:
        return f"Closed. You reached round {reached}, and your notes stay here."
    return "Closed. Nothing else to do here."


def expects_round(application: Application) -> bool:
    """Say whether interviews have begun and no round is noted yet."""
    return application.stage == Stage.INTERVIEWING and not application.rounds.exists()


def expects_answer_day(application: Application) -> bool:
    """Say whether there is an offer whose answer day is not noted yet."""
    noted = Offer.objects.filter(application=application, answer_by__isnull=False)
    return application.stage == Stage.OFFER and not application.outcome and not noted.exists()


def reopened_words(application: Application) -> str:
    """Say where it is again."""
    return f"{application.company.name} is open again, in {application.look.label}."


def undone_words(after: list[Application]) -> str:
    """Say what is back where it was."""
    if len(after) != 1:
        return f"Undone, for {len(after)} applications." if after else "Undone."
    return f"Undone. {after[0].company.name} is in {after[0].look.label}."


def after_words(what: str, before: Application) -> str:
    """Say what was done, and where the application is now if that changed with it."""
    now = Application.objects.select_related("company").get(pk=before.pk)
    return what if now.look == before.look else f"{what} It is in {now.look.label} now."
