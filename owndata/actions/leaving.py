"""The end of an account: asked for, two weeks to change one's mind, then all of it is gone."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import Archive, User
from applications.models import Application, DocumentVersion
from companies.models import Company, Proposal
from supervision.actions import end
from supervision.models import Request, Supervision
from tracker.lib import journal
from tracker.lib.errors import DomainError


@transaction.atomic
def ask_to_leave(*, person: User, email: str, at: dt.datetime) -> None:
    """Have an account deleted in two weeks; what is shared ends now. DomainError unless `email` is the person's own."""
    if email.strip().lower() != person.email:
        raise DomainError("Type the e-mail address of this account.", field="email")
    User.objects.filter(pk=person.pk, leaving_since=None).update(leaving_since=at)
    sharing = Supervision.objects.visible_to(person).select_related("student")
    for one in [*sharing, *Supervision.objects.pending().filter(student=person)]:
        end(supervision=one, by=person, at=at)
    person.refresh_from_db(fields=["leaving_since"])


def stay(*, person: User) -> None:
    """Keep the account after all; what was shared is to be shared anew."""
    User.objects.filter(pk=person.pk).update(leaving_since=None)
    person.leaving_since = None


def delete_leaving(*, at: dt.datetime) -> int:
    """Delete every account whose two weeks are over; return how many."""
    due = User.objects.filter(leaving_since__lte=at - settings.WAYMARK_LEAVING).order_by("pk")
    return sum(erase(person=person, at=at) for person in due)


def erase(*, person: User, at: dt.datetime) -> bool:
    """Delete an account with all that is its person's: rows, files, sessions; False if they stay after all.

    The journal keeps that it happened, by public id, so that a restored backup forgets them again.
    """
    with transaction.atomic():
        held = User.objects.select_for_update().filter(pk=person.pk, leaving_since__isnull=False).first()
        if held is None:
            return False
        files = [*_files_of(held)]
        sessions = [*_sessions_of(held)]
        _forget_elsewhere(held)
        held.delete()
        journal.note_on_commit(kind="erased", at=at, person=held.public_id)
    for name in files:  # one that stays behind is swept, for no row knows it
        storages["default"].delete(name)
    for session in sessions:
        session.delete()
    return True


def _files_of(person: User) -> Iterable[str]:
    yield from DocumentVersion.objects.visible_to(person).values_list("stored_as", flat=True)
    yield from Archive.objects.visible_to(person).exclude(stored_as="").values_list("stored_as", flat=True)


def _sessions_of(person: User) -> Iterable[Session]:
    """Yield what belongs to the person's browsers; whose a session is stands inside of it."""
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            yield session


def _forget_elsewhere(person: User) -> None:
    """Delete what names the person or came from them, but does not go with the account by itself."""
    Proposal.objects.visible_to(person).exclude(state=Proposal.State.APPROVED).delete()
    # What a curator approved is the list's; its reason, and who said so, are not.
    Proposal.objects.visible_to(person).update(why="", values={}, answer="")
    Request.objects.filter(email=person.email, supervision=None).update(email="")
    Supervision.objects.pending().filter(email=person.email).delete()
    LogEntry.objects.filter(object_id=str(person.pk), content_type=ContentType.objects.get_for_model(User)).delete()
    Application.objects.visible_to(person).delete()
    for company in Company.objects.filter(proposed_by=person, approved_at=None):
        try:
            with transaction.atomic():
                company.delete()
        except ProtectedError:  # somebody else's application is there: the name stays, whose it was does not
            continue
