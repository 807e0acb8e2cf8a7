"""Makes the mail of one delivery: subject, text and HTML of the same words, and its headers."""

import datetime as dt
import re
from collections.abc import Sequence
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from reminders import words
from reminders.letters import acting
from reminders.letters.wire import Letter
from reminders.plan import FIXED, Kind, Rule
from reminders.queries import Facts
from reminders.tokens import Stop, sign
from reminders.words.family import page
from tracker.lib.sender import sender_host

LONGEST_SUBJECT = 60


def compose(facts: Facts, *, at: dt.datetime, also: Sequence[Facts] = ()) -> Letter:
    """Return the mail as it stands now, the same Message-ID at every try; `also` are told in a line each."""
    row = facts.delivery
    said = {**words.context(facts, at=at), "names": facts.names_in_subjects}
    subject = shortened(words.line(facts, "subject", said))
    stop = _stop(facts)
    said |= {
        "subject": subject,
        "action": settings.SITE_URL + words.target(facts),
        "actions": acting.links(facts),
        "also": [_line(other, at) for other in also],
        "preferences": settings.SITE_URL + page("reminders:preferences"),
        "stop": stop,
        **_foot(Rule(row.rule)),
    }
    mail = Letter(
        subject=subject,
        body=_text(row.rule, said),
        to=[row.person.email],
        headers={"Date": format_datetime(at.astimezone(dt.UTC)), **_headers(facts, stop)},
    )
    mail.attach_alternative(render_to_string(f"reminders/letters/{row.rule}.html", said), "text/html")
    return mail


def shortened(subject: str) -> str:
    """Cut a subject after a whole word, so that a phone shows all of it."""
    if len(subject) <= LONGEST_SUBJECT:
        return subject
    room = subject[:LONGEST_SUBJECT]
    return (room[: room.rindex(" ")] if " " in room else room[:-1]).rstrip(" ,:;") + "…"


def _line(facts: Facts, at: dt.datetime) -> tuple[str, str]:
    said = words.context(facts, at=at)
    return words.line(facts, "notice", said), settings.SITE_URL + words.target(facts)


def _foot(rule: Rule) -> dict[str, str]:
    kind = words.KINDS[rule.kind]
    stop = "Pause e-mails until my window is over" if rule.kind is Kind.PAUSE else f"Stop e-mails about {kind}"
    return {"why": words.why(rule), "stop_label": stop}


def _stop(facts: Facts) -> str:
    """Return the address that stops such letters; nothing for those that cannot be stopped."""
    kind = Rule(facts.delivery.rule).kind
    if kind in FIXED:
        return ""
    token = sign(Stop(facts.delivery.person.public_id, kind))
    return f"{settings.SITE_URL}{reverse('reminders:email-action', args=[token])}"


def _text(rule: str, said: dict[str, Any]) -> str:
    lines = render_to_string(f"reminders/letters/{rule}.txt", said).splitlines()
    text = "\n".join(line.rstrip() for line in lines).strip()
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _headers(facts: Facts, stop: str) -> dict[str, str]:
    headers = {"Message-ID": facts.delivery.message_id or "", "Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    application = facts.round.application if facts.round else facts.application
    if application:
        headers["References"] = f"<application-{application.public_id}@{sender_host()}>"
    return headers
