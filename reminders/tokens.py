"""Signed addresses in letters: whoever holds one may stop one kind of e-mail for one person, and nothing else."""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

from reminders.plan import Kind

_SIGNER = "reminders.email-action"


@dataclass(frozen=True, slots=True)
class Stop:
    """What a token allows."""

    person: str
    kind: Kind


def sign(allowed: Stop) -> str:
    """Return the token; it has no end, since a letter may be opened years later and stopping must still work."""
    return _signer().sign_object({"p": allowed.person, "k": allowed.kind.value})


def read(token: str) -> Stop | None:
    """Return what a token allows; None for one that we did not sign or that says what we do not know."""
    try:
        said = _signer().unsign_object(token)
        return Stop(person=str(said["p"]), kind=Kind(said["k"]))
    except (BadSignature, ValueError, KeyError, TypeError):
        return None


def _signer() -> Signer:
    return Signer(salt=_SIGNER, sep=".")
