"""Changes to people and to the tokens of their programs."""

import datetime as dt
import secrets
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from accounts.devices import device_words
from accounts.models import Reply, SignIn, Token, User, hash_of
from tracker.lib.errors import DomainError

PREFIX = "waymark_"
"""How every secret begins, so that scanners of published code know one when they see it."""


@transaction.atomic
def create_person(*, email: str, password: str | None, name: str = "", **facts: object) -> User:
    """Make somebody who can sign in at once: the address counts as verified. For code and commands, not for sign-up.

    Roles and other fields of User may be given as `facts`; without any it is a student.
    """
    person = User.objects.create_user(email, password, name=name, **facts)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def edit_profile(*, person: User, name: str, time_zone: str, phd_started_on: dt.date | None, is_student: bool) -> None:
    """Save what a person says about themselves; no other role can be taken this way."""
    person.name, person.time_zone = name, time_zone
    person.phd_started_on, person.is_student = phd_started_on, is_student
    person.save(update_fields=["name", "time_zone", "phd_started_on", "is_student"])


def change_appearance(*, person: User, theme: str, shortcuts: bool) -> None:
    """Save how pages look and whether single keys act."""
    person.theme, person.shortcuts = theme, shortcuts
    person.save(update_fields=["theme", "shortcuts"])


def see_today(*, person: User, on: dt.date) -> None:
    """Keep the day of a visit; the second one of a day changes nothing."""
    User.objects.filter(pk=person.pk).exclude(last_seen_on=on).update(last_seen_on=on)


def note_sign_in(*, person: User, user_agent: str, at: dt.datetime) -> SignIn:
    """Keep that somebody signed in from a device that is new to us."""
    return SignIn.objects.create(user=person, at=at, device=device_words(user_agent))


def forget_sign_ins(*, at: dt.datetime) -> int:
    """Delete sign-ins of which everybody has been told long ago."""
    return SignIn.objects.filter(at__lt=at - settings.WAYMARK_SIGN_INS_KEPT).delete()[0]


def make_token(*, person: User, name: str, scopes: Sequence[str], days: int, at: dt.datetime) -> tuple[Token, str]:
    """Make a token and return it with its secret (256 bits), which nobody can be told again."""
    if Token.objects.visible_to(person).count() >= settings.WAYMARK_TOKENS:
        raise DomainError(f"You have {settings.WAYMARK_TOKENS} tokens. Take one away first.")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person=person,
        name=name,
        scopes=sorted(set(scopes)),
        token_hash=hash_of(secret),
        made_at=at,
        expires_at=at + dt.timedelta(days=days),
    )
    return token, secret


def take_away(*, token: Token, by: User) -> None:
    """Delete a token; a second click finds none, which is no mistake."""
    Token.objects.visible_to(by).filter(pk=token.pk).delete()


def note_use(*, token: Token, on: dt.date) -> None:
    """Keep the day on which it was used; the second time of a day changes nothing."""
    if token.used_on != on:
        Token.objects.filter(pk=token.pk).update(used_on=on)


def forget_replies(*, at: dt.datetime) -> int:
    """Delete answers that no program asks for again, and tokens that ended long ago; return how many."""
    old = Reply.objects.filter(at__lt=at - settings.WAYMARK_REPLY_KEPT).delete()[0]
    return old + Token.objects.filter(expires_at__lt=at - settings.WAYMARK_TOKEN_SHOWN).delete()[0]
