"""What a tick on Today does to people, and letting go."""

import datetime as dt

from accounts.models import User
from applications.today_rules import Rule, Todo
from outreach.actions.people import finish_step, set_standing
from outreach.actions.talking import log_message
from outreach.choices import Said, Standing
from outreach.models import Conference, Contact, Message
from outreach.today import conference_of
from tracker.lib.errors import DomainError

KEPT = {
    Contact: "t.student_id = %(me)s AND t.public_id = %(thing)s",
    Message: "t.contact_id IN (SELECT id FROM outreach_contact WHERE student_id = %(me)s AND public_id = %(thing)s)",
}
"""What a tick here changes; the twin of `visible_to`."""


def hold(student: User, thing: str) -> None:
    """Hold the person that a line is about until the transaction ends."""
    list(Contact.objects.visible_to(student).filter(public_id=thing).select_for_update(of=("self",)).values_list("pk"))


def is_own(student: User, thing: str) -> bool:
    """Say whether a line about this is, or could have been, one of the student's own."""
    conference = conference_of(thing)
    if conference:
        return Conference.objects.visible_to(student).filter(public_id=conference).exists()
    return Contact.objects.visible_to(student).filter(public_id=thing).exists()


def finish(todo: Todo, by: User, on: dt.date) -> str:
    """Note in the log that one wrote, or that the next step is done."""
    if conference_of(todo.thing):
        return f"Done: {todo.what}."
    contact = _contact(todo, by)
    if todo.rule is Rule.PERSON:
        finish_step(contact=contact, by=by)
        return f"Done: {todo.what}."
    log_message(contact=contact, kind=Said.SENT, on=on, text="", by=by, today=on)
    return f"Noted: you wrote to {contact.name}."


def let_go(todo: Todo, by: User, on: dt.date) -> str:  # noqa: ARG001 - as the others of Today
    """Leave a person alone: who heard nothing is put with those who gave no answer."""
    if todo.rule is Rule.OUTREACH:
        set_standing(contact=_contact(todo, by), standing=Standing.NO_ANSWER, by=by)
    return f"Off the list: {todo.what}."


def _contact(todo: Todo, by: User) -> Contact:
    found = Contact.objects.visible_to(by).filter(public_id=todo.thing).first()
    if found is None:
        raise DomainError("This is not on your list any more.")
    return found
