"""Letters about a student's people: one more note, and whom one keeps for long."""

import datetime as dt

from django.urls import reverse

from outreach.drafts import To, follow_up
from reminders.plan import Rule
from reminders.queries import Facts
from reminders.queries.facts.people import Kept, Written
from reminders.words.family import Family, about, page
from tracker.lib.dates import MONTHS


def _context(facts: Facts, at: dt.datetime) -> dict[str, object]:
    if isinstance(facts.about, Kept):
        return {"many": facts.about.count}
    written = about(facts, Written)
    contact, person = written.contact, facts.delivery.person
    sent = contact.last_on or at.astimezone(person.tz).date()
    letter = follow_up(To(contact.name, contact.email, written.paper, str(person)))
    return {
        "name": contact.name,
        "sent": f"{sent.day} {MONTHS[sent.month - 1]}",
        "draft": [" ".join(part.split()) for part in letter.text.split("\n\n")],
    }


def _target(facts: Facts) -> str:
    if isinstance(facts.about, Kept):
        return f"{page('outreach:people')}?old"
    return reverse("outreach:draft", args=[about(facts, Written).contact.public_id, "follow-up"])


PEOPLE = Family(
    _context,
    _target,
    lambda: {
        Rule.OUTREACH: "You get this once, 10 working days after you wrote to somebody and noted no answer.",
        Rule.PEOPLE_KEPT: "You get this once for each person whom you have kept for 18 months without a word.",
    },
)
