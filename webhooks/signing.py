"""Secrets and signatures as Standard Webhooks has them (standardwebhooks.com, version 1). Pure.

A secret is derived from SECRET_KEY and a random salt: the database alone signs nothing, and there is nothing to
encrypt. With another SECRET_KEY every secret is another one.
"""

import base64
import datetime as dt
import hmac
import secrets
from collections.abc import Iterable

from django.utils.crypto import salted_hmac

_PREFIX = "whsec_"


def new_salt() -> str:
    """Return 128 random bits as hexadecimal digits."""
    return secrets.token_hex(16)


def secret_of(salt: str) -> str:
    """Return the secret as its person is shown it: "whsec_" and 256 bits in base64."""
    return _PREFIX + base64.b64encode(_key_of(salt)).decode()


def signed(*, salts: Iterable[str], name: str, at: dt.datetime, body: bytes) -> dict[str, str]:
    """Return the headers that say who sends which message when; one signature for each salt."""
    stamp = str(int(at.timestamp()))
    content = b".".join((name.encode(), stamp.encode(), body))
    signatures = (base64.b64encode(hmac.digest(_key_of(salt), content, "sha256")).decode() for salt in salts)
    return {
        "webhook-id": name,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{one}" for one in signatures),
    }


def _key_of(salt: str) -> bytes:
    return salted_hmac("waymark.webhooks", salt, algorithm="sha256").digest()
