"""Signed addresses in letters: whoever holds one may do one thing for one person, and nothing else.

A stop has no end, since a letter may be opened years later and stopping must still work; any other act ends after days.
Each has a salt of its own, so that one can never be taken for the other.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from reminders.acts import Act
from reminders.plan import Kind

_BROKEN = (BadSignature, ValueError, KeyError, TypeError, OverflowError, OSError)


@dataclass(frozen=True, slots=True)
class Stop:
    """Stop one kind of e-mail to one person."""

    person: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Deed:
    """Do one thing about an application (its public id), or pause until a day (in ISO form); until the end of it."""

    person: str
    act: Act
    about: str
    ends_at: dt.datetime


def sign(allowed: Stop) -> str:
    """Return the token of a stop."""
    return _stops().sign_object({"p": allowed.person, "k": allowed.kind.value})


def read(token: str) -> Stop | None:
    """Return what a token allows; None for one that we did not sign or that says what we do not know."""
    try:
        said = _stops().unsign_object(token)
        return Stop(person=str(said["p"]), kind=Kind(said["k"]))
    except _BROKEN:
        return None


def sign_deed(allowed: Deed) -> str:
    """Return the token of a deed."""
    ends = int(allowed.ends_at.timestamp())
    return _deeds().sign_object({"p": allowed.person, "a": allowed.act.value, "o": allowed.about, "u": ends})


def read_deed(token: str) -> Deed | None:
    """Return what a token allows, be its end over or not; None as with a stop."""
    try:
        said = _deeds().unsign_object(token)
        ends_at = dt.datetime.fromtimestamp(said["u"], dt.UTC)
        return Deed(person=str(said["p"]), act=Act(said["a"]), about=str(said["o"]), ends_at=ends_at)
    except _BROKEN:
        return None


def _stops() -> Signer:
    return Signer(salt="reminders.email-action", sep=".")


def _deeds() -> Signer:
    return Signer(salt="reminders.email-deed", sep=".")
