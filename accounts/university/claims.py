"""What a university says of somebody, once it is checked that it said so. Pure."""

from collections.abc import Mapping
from typing import Any

import jwt

LONGEST_SUBJECT = 191
LONGEST_NAME = 120

# None of them takes a key that both sides know: with those, whoever holds a public key could sign.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
_SKEW = 60
"""Seconds by which the clocks of two machines may differ."""

type Claims = dict[str, Any]


class UntrueError(Exception):
    """What was said is not by whom, for whom or of when it should be."""


def identity(said: object, *, keys: Any, issuer: str, client: str, nonce: str) -> Claims:  # noqa: ANN401 - any JSON
    """Return the claims of an ID token that this issuer signed, for us, in answer to this very question."""
    try:
        claims: Claims = jwt.decode(
            str(said),
            _key(str(said), keys),
            algorithms=_ALGORITHMS,
            audience=client,
            issuer=issuer,
            leeway=_SKEW,
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise UntrueError(type(error).__name__) from error
    if not nonce or claims.get("nonce") != nonce:
        raise UntrueError("nonce")
    if claims.get("azp", client) != client:
        raise UntrueError("azp")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise UntrueError("sub")
    return claims


def _key(said: str, keys: Any) -> jwt.PyJWK:  # noqa: ANN401 - any JSON
    """Return the key that the token names; the first one for a token that names none."""
    wanted = jwt.get_unverified_header(said).get("kid")
    found = next((key for key in jwt.PyJWKSet.from_dict(keys).keys if wanted in {None, key.key_id}), None)
    if found is None:
        raise UntrueError("key")
    return found


def confirmed_address(claims: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the e-mail address, and whether the university says that it is the person's.

    Only the word of JSON counts: a text such as "false" would be taken for a yes.
    """
    email = claims.get("email")
    return (email.strip(), claims.get("email_verified") is True) if isinstance(email, str) else ("", False)


def full_name(claims: Mapping[str, Any]) -> str:
    """Return the name as the university writes it, else its parts.

    >>> full_name({"given_name": "Noor", "family_name": "Haddad"})
    'Noor Haddad'
    """
    parts = [claims.get("name")] if claims.get("name") else [claims.get("given_name"), claims.get("family_name")]
    words = " ".join(" ".join(part for part in parts if isinstance(part, str)).split())
    return "".join(filter(str.isprintable, words))[:LONGEST_NAME].strip()
