"""Letters about what is asked of somebody, what came of it, and what was said about an application."""

import datetime as dt

from django.urls import reverse

from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.asking import Asked, Said
from reminders.words.family import Family, about
from tracker.lib.dates import away, full_day

_EXCERPT = 500


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    if isinstance(facts.about, Said):
        return _said(facts)
    asked = about(facts, Asked).request
    today = at.astimezone(facts.delivery.person.tz).date()
    supervisor = asked.supervision.supervisor if asked.supervision else None
    return {
        "student": str(asked.student),
        "who": str(supervisor or asked.email),
        "kind": asked.wording.label,
        "asks": asked.wording.asks,
        "what": asked.what,
        "due": full_day(asked.due_on) if asked.due_on else "",
        "away": away(asked.due_on, today) if asked.due_on else "",
        "standing": asked.standing_words,
        "answer": asked.answer[:_EXCERPT],
    }


def _said(facts: Facts) -> dict[str, object]:
    comment = about(facts, Said).comment
    application = comment.application
    return {
        "who": str(comment.by or "Somebody"),
        "is_own": application.student_id == facts.delivery.person_id,
        "role": application.title,
        "company": application.company.name,
        "text": comment.text[:_EXCERPT],
    }


def _target(facts: Facts) -> str:
    if not isinstance(facts.about, Said):
        return reverse("supervision:request", args=[about(facts, Asked).request.public_id])
    application = facts.about.comment.application
    if application.student_id == facts.delivery.person_id:
        return reverse("applications:detail", args=[application.public_id])
    return reverse("supervision:application", args=[application.student.public_id, application.public_id])


ASKING = Family(
    _context,
    _target,
    lambda: {
        Rule.REQUEST_DUE: "You get this because a student asked you for it.",
        Rule.REQUEST_ANSWERED: "You get this because you asked for it.",
        Rule.COMMENTED: "You get this because somebody wrote to you about an application.",
    },
)
