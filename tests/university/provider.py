"""A university for tests: a real OpenID provider, which can be told to misbehave.

`python -m tests.university.provider PORT`; `PUT /bend/<how>` says what it does wrong from then on, `well` nothing.
"""

import base64
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # it listens on this machine only

import flask
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from oidc_provider_mock import app

type Claims = dict[str, Any]

CLAIMS: dict[str, Callable[[Claims], Claims]] = {
    "audience": lambda claims: {**claims, "aud": "somebody-else"},
    "two-audiences": lambda claims: {**claims, "aud": [claims["aud"], "other"], "azp": "other"},
    "issuer": lambda claims: {**claims, "iss": "http://127.0.0.1:1"},
    "nonce": lambda claims: {**claims, "nonce": "another"},
    "no-nonce": lambda claims: {name: value for name, value in claims.items() if name != "nonce"},
    "expired": lambda claims: {**claims, "exp": int(time.time()) - 3600},
    "tomorrow": lambda claims: {**claims, "iat": int(time.time()) + 86_400},
    "no-subject": lambda claims: {**claims, "sub": ""},
    "long-subject": lambda claims: {**claims, "sub": "x" * 200},
    "number-for-subject": lambda claims: {**claims, "sub": 7},
    "lean": lambda claims: {name: value for name, value in claims.items() if name not in {"email", "email_verified"}},
}
"""What an ID token says, signed as it should be."""

KEYS: dict[str, Callable[[Claims, dict[str, Any]], str]] = {
    "strangers-key": lambda claims, header: jwt.encode(
        claims, rsa.generate_private_key(65537, 2048), "RS256", {"kid": header.get("kid")}
    ),
    "shared-key": lambda claims, header: jwt.encode(claims, "x" * 64, "HS256", {"kid": header.get("kid")}),
    "unsigned": lambda claims, header: jwt.encode(claims, None, "none"),
    "unknown-key": lambda claims, header: jwt.encode(
        claims, rsa.generate_private_key(65537, 2048), "RS256", {"kid": "unknown"}
    ),
    "no-jwt": lambda claims, header: "a.b.c",
}
"""How an ID token is signed that says the truth."""

BODIES = {"html": b"<html>", "list": b"[]", "text": b'"text"', "empty": b"{}", "nothing": b""}
"""What the token endpoint answers instead."""

university = app(require_client_registration=True, require_nonce=True)
_bent = {"how": "well"}
_challenges: dict[str, str] = {}


@university.put("/bend/<how>")
def bend(how: str) -> tuple[str, int]:
    _bent["how"] = how
    return "", 204


@university.after_request
def answer(response: flask.Response) -> flask.Response:
    steps = {"/oauth2/authorize": _authorized, "/oauth2/token": _exchanged, "/userinfo": _told, "/jwks": _keyed}
    return steps.get(flask.request.path, _described)(response)


def _authorized(response: flask.Response) -> flask.Response:
    """Remember the challenge of a code: the library does not look at it."""
    codes = parse_qs(urlsplit(response.headers.get("Location", "")).query).get("code", [])
    if codes and flask.request.args.get("code_challenge_method") == "S256":
        _challenges[codes[0]] = flask.request.args["code_challenge"]
    return response


def _exchanged(response: flask.Response) -> flask.Response:
    if response.status_code != 200:
        return response
    digest = hashlib.sha256(flask.request.form.get("code_verifier", "").encode()).digest()
    if base64.urlsafe_b64encode(digest).decode().rstrip("=") != _challenges[flask.request.form["code"]]:
        return flask.make_response({"error": "invalid_grant"}, 400)
    said, how = json.loads(response.get_data()), _bent["how"]
    token = said["id_token"]
    claims, header = jwt.decode(token, options={"verify_signature": False}), jwt.get_unverified_header(token)
    if how in CLAIMS or how == "lean-of-another":
        own = flask.g.oidc_provider_mock_storage.jwk.as_pem(private=True)
        claims = CLAIMS.get(how, CLAIMS["lean"])(claims)
        if isinstance(claims["sub"], str):
            said["id_token"] = jwt.encode(claims, own, "RS256", {"kid": header.get("kid")})
        else:
            said["id_token"] = jwt.api_jws.encode(json.dumps(claims).encode(), own, "RS256", {"kid": header.get("kid")})
    elif how in KEYS:
        said["id_token"] = KEYS[how](claims, header)
    elif how == "no-id-token":
        del said["id_token"]
    response.set_data(BODIES.get(how, json.dumps(said).encode()))
    return response


def _told(response: flask.Response) -> flask.Response:
    if _bent["how"] == "lean-of-another":
        response.set_data(json.dumps({**json.loads(response.get_data()), "sub": "another"}))
    return response


def _keyed(response: flask.Response) -> flask.Response:
    if _bent["how"] == "broken-keys":
        response.set_data(b'{"keys": [{"kty": "RSA"}, 7]}')
    return response


def _described(response: flask.Response) -> flask.Response:
    if flask.request.path == "/.well-known/openid-configuration":
        said = json.loads(response.get_data())
        if _bent["how"] == "posing":
            said["issuer"] = "http://127.0.0.1:1"
        elif _bent["how"] == "unfinished":
            del said["token_endpoint"]
        elif _bent["how"] == "elsewhere":
            said["jwks_uri"] = "file:///etc/passwd"
        response.set_data(b"[7]" if _bent["how"] == "odd" else json.dumps(said))
    return response


if __name__ == "__main__":
    university.debug = False
    university.run(port=int(sys.argv[1]), threaded=True, use_reloader=False)
