"""Web push: who sends (VAPID, RFC 8292), where to, and how a message is sealed for one device (RFC 8291)."""

import base64
import json
from functools import lru_cache
from urllib.parse import urlsplit

import http_ece
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

_POINT, _AUTH = 65, 16
"""Bytes of an uncompressed point of P-256, and of a device's secret."""


def new_private_key() -> str:
    """Return a key for VAPID_PRIVATE_KEY: 32 random bytes as base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return text(number.to_bytes(32, "big"))


def public_key(private_key: str) -> str:
    """Return what browsers ask for as `applicationServerKey`; ValueError when the private one is none."""
    point = _vapid(private_key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return text(point)


def authorization(endpoint: str, *, private_key: str, contact: str, expires: int) -> str:
    """Return the header that tells a push service who sends; expires: seconds of Unix time, at most a day ahead."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "sub": f"mailto:{contact}", "exp": expires}
    header: str = _vapid(private_key).sign(claims)["Authorization"]
    return header


def sealed(message: dict[str, str], *, p256dh: str, auth: str) -> bytes:
    """Return the message as only the device with these keys can read it (`aes128gcm`)."""
    own = ec.generate_private_key(ec.SECP256R1())
    content: bytes = http_ece.encrypt(
        json.dumps(message).encode(), private_key=own, dh=raw(p256dh), auth_secret=raw(auth), version="aes128gcm"
    )
    return content


def are_keys(p256dh: str, auth: str) -> bool:
    """Say whether these are a point of P-256 and a secret of 16 bytes, as a browser gives them."""
    try:
        point, secret = raw(p256dh), raw(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (ValueError, UnsupportedAlgorithm):
        return False
    return len(point) == _POINT and len(secret) == _AUTH


def is_allowed(endpoint: str, services: list[str]) -> bool:
    """Say whether a message may be carried there: `https://*.push.example` stands for every host below it.

    Browsers name the address, so without the list anybody could have the server call anybody.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if not endpoint.isascii() or not endpoint.isprintable() or "@" in parts.netloc or "\\" in endpoint:
        return False
    host = parts.hostname or ""
    return any(_matches(parts.scheme, host, port, urlsplit(service)) for service in services)


def _matches(scheme: str, host: str, port: int | None, service: object) -> bool:
    name = getattr(service, "hostname", None) or ""
    is_host = host.endswith(name[1:]) and len(host) > len(name[1:]) if name.startswith("*.") else host == name
    return is_host and scheme == getattr(service, "scheme", "") and port == getattr(service, "port", None)


def text(content: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def raw(said: str) -> bytes:
    """Read base64url, padded or not; ValueError for anything else."""
    if not said.isascii():
        raise ValueError("No base64url.")
    return base64.b64decode(said.rstrip("=") + "=" * (-len(said.rstrip("=")) % 4), altchars=b"-_", validate=True)


@lru_cache(maxsize=2)
def _vapid(private_key: str) -> Vapid02:
    return Vapid02.from_raw(text(raw(private_key)).encode())
