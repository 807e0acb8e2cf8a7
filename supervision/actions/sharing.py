"""Changes of who may look, and how far; each ends in an entry of the record of consent."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from applications.models import Application, Offer
from supervision.actions.asking import withdraw_all
from supervision.level import SCOPES, Level
from supervision.models import SharingEvent, SharingException, Supervision, hash_token
from supervision.policies import may_invite, supervises_only
from tracker.lib import journal
from tracker.lib.errors import DomainError


@transaction.atomic
def invite(*, student: User, email: str, at: dt.datetime) -> Supervision:
    """Ask somebody by mail to be a supervisor; shares nothing yet.

    Raises DomainError for the student's own address, for one with a live invitation, and above the day's number.
    """
    email = email.strip().lower()
    if email == student.email:
        raise DomainError("This is your own address. Enter your supervisor's.", field="email")
    _let_expired_go(student, email, at)
    if not may_invite(student, at=at):
        most = settings.WAYMARK_INVITATIONS_PER_DAY
        raise DomainError(f"You can invite {most} people in a day. Go on tomorrow.", field="email")
    supervision = Supervision(student=student, email=email, invited_at=at, mail_due_at=at)
    supervision.token_hash = hash_token(supervision.token)
    try:
        with transaction.atomic():
            supervision.save()
    except IntegrityError:
        sentence = "You invited this address already. End that sharing or withdraw the invitation first."
        raise DomainError(sentence, field="email") from None
    _record(supervision, SharingEvent.Kind.INVITED, by=student, at=at)
    return supervision


@transaction.atomic
def accept(*, supervision: Supervision, by: User, at: dt.datetime) -> None:
    """Become the supervisor who was invited; the invitation's secret is dead from now on.

    Raises DomainError for the student's own account, for a second supervision of the same student, and when the
    invitation was withdrawn or taken meanwhile.
    """
    if by.pk == supervision.student_id:
        raise DomainError("This is your own invitation. Your supervisor accepts it from their account.")
    already = DomainError(f"You supervise {supervision.student} already.")
    if Supervision.objects.live().filter(student=supervision.student_id, supervisor=by).exists():
        raise already
    pending = Supervision.objects.pending().filter(pk=supervision.pk)
    try:
        with transaction.atomic():
            taken = pending.update(supervisor=by, accepted_at=at, token_hash="", mail_due_at=None)
    except IntegrityError:
        raise already from None
    if not taken:
        raise DomainError("This invitation is no longer open. Ask for a new one.")
    User.objects.filter(pk=by.pk).update(is_supervisor=True, is_student=by.is_student and not supervises_only(by))
    _record(supervision, SharingEvent.Kind.ACCEPTED, by=by, at=at)


@transaction.atomic
def change_level(*, supervision: Supervision, level: str, by: User, at: dt.datetime) -> bool:
    """Share more or less from this moment; return whether anything changed.

    Raises DomainError when the sharing ended meanwhile or nobody accepted it yet.
    """
    if level not in SCOPES:
        raise DomainError("Choose one of the four levels.", field="level")
    current = _locked(supervision)
    if current.is_pending:
        raise DomainError("Nobody accepted this invitation yet. Choose what to share when somebody did.")
    if current.level == level:
        return False
    Supervision.objects.filter(pk=current.pk).update(level=level, level_at=at)
    journal.note_on_commit(kind="level", at=at, sharing=current.public_id, level=level)
    _record(current, SharingEvent.Kind.LEVEL, by=by, at=at, level=level)
    return True


@transaction.atomic
def end(*, supervision: Supervision, by: User, at: dt.datetime) -> None:
    """Stop sharing at once, or withdraw an invitation; a second click changes nothing."""
    ended = Supervision.objects.live().filter(pk=supervision.pk)
    if ended.update(ended_at=at, token_hash="", mail_due_at=None):
        journal.note_on_commit(kind="ended", at=at, sharing=supervision.public_id)
        withdraw_all(supervision=supervision, at=at)
        _record(supervision, SharingEvent.Kind.ENDED, by=by, at=at)


@transaction.atomic
def set_exception(
    *, supervision: Supervision, application: Application, is_hidden: bool, shows_pay: bool, by: User, at: dt.datetime
) -> bool:
    """Hide one application from a supervisor, or show the pay of its offer, or neither; return whether that is new.

    Raises DomainError when the sharing ended meanwhile or nobody accepted it yet, and for pay without an offer.
    """
    if shows_pay and (is_hidden or not Offer.objects.filter(application=application, pay__isnull=False).exists()):
        raise DomainError("There is no pay to show of this one.")
    current = _locked(supervision)
    if current.is_pending:
        raise DomainError("Nobody accepted this invitation yet. Choose what to share when somebody did.")
    kept = SharingException.objects.filter(supervision=current, application=application)
    before = kept.values_list("is_hidden", "shows_pay").first() or (False, False)
    if before == (is_hidden, shows_pay):
        return False
    kept.delete()
    if is_hidden or shows_pay:
        SharingException.objects.create(
            supervision=current, application=application, is_hidden=is_hidden, shows_pay=shows_pay
        )
    told = {"application": application.public_id, "is_hidden": is_hidden, "shows_pay": shows_pay}
    journal.note_on_commit(kind="exception", at=at, sharing=current.public_id, **told)
    for was, now, kinds in zip(before, (is_hidden, shows_pay), _EXCEPTIONS, strict=True):
        if was != now:
            _record(current, kinds[not now], by=by, at=at, level=current.level, application=application)
    return True


_EXCEPTIONS = (
    (SharingEvent.Kind.HIDDEN, SharingEvent.Kind.SHOWN),
    (SharingEvent.Kind.PAY, SharingEvent.Kind.NO_PAY),
)


def log_looks(
    *, supervisions: Collection[Supervision], page: str, application: Application | None = None, at: dt.datetime
) -> None:
    """Note that a supervisor looks at a page now; the same page again within the hour is the same look: one query."""
    facts = {
        "supervisions": [one.pk for one in supervisions],
        "page": page,
        "application": application.pk if application else None,
        "at": at,
        "since": at - settings.WAYMARK_LOOK_AGAIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOOKS, facts)


_LOOKS = """
INSERT INTO supervision_look (supervision_id, page, application_id, at)
SELECT s.id, %(page)s, %(application)s::bigint, %(at)s FROM unnest(%(supervisions)s::bigint[]) AS s(id)
WHERE NOT EXISTS (
    SELECT FROM supervision_look l WHERE l.supervision_id = s.id AND l.page = %(page)s AND l.at > %(since)s
        AND l.application_id IS NOT DISTINCT FROM %(application)s::bigint
)
"""


def _let_expired_go(student: User, email: str, at: dt.datetime) -> None:
    """End an invitation to the same address that nobody can accept any more."""
    for old in Supervision.objects.pending().filter(student=student, email=email):
        if old.open_until <= at:
            end(supervision=old, by=student, at=at)


def _locked(supervision: Supervision) -> Supervision:
    current = Supervision.objects.live().select_for_update().filter(pk=supervision.pk).first()
    if current is None:
        raise DomainError("This sharing has ended.")
    return current


def _record(
    supervision: Supervision,
    kind: str,
    *,
    by: User,
    at: dt.datetime,
    level: str = Level.NOTHING,
    application: Application | None = None,
) -> None:
    SharingEvent.objects.create(supervision=supervision, kind=kind, level=level, application=application, by=by, at=at)
