"""Which site, and with which token: from the environment, else from a file that only its owner can read."""

import ipaddress
import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from client.trouble import Misused

_TOKEN = re.compile(r"[\x21-\x7e]{1,200}")
_ADDRESS = "Give the address of the site alone, like https://waymark.example."


@dataclass(frozen=True, slots=True)
class Place:
    """A site, as "https://waymark.example", and the token that opens it."""

    url: str
    token: str = field(repr=False)


def place() -> Place:
    """Return where to ask; Misused unless one has signed in.

    A token that was kept goes to no other site than the one that it was kept for.
    """
    kept = _kept()
    url = checked_url(os.environ.get("WAYMARK_URL", "") or (kept.url if kept else ""))
    token = os.environ.get("WAYMARK_TOKEN", "")
    if not token and kept and kept.url == url:
        token = kept.token
    if not token:
        raise Misused(f"There is no token for {url}. Sign in with: waymark login {url}")
    return Place(url, checked_token(token))


def keep(found: Place) -> Path:
    """Write it down for the next command; return where."""
    path = config_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(path, json.dumps({"url": found.url, "token": found.token}).encode())
    return path


def forget() -> bool:
    """Take it away again; say whether there was one."""
    path = config_file()
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def config_file() -> Path:
    """Return where it is written down."""
    return _folder("XDG_CONFIG_HOME", ".config") / "config.json"


def cache_folder() -> Path:
    """Return where names are kept for completion."""
    return _folder("XDG_CACHE_HOME", ".cache")


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads: whole, or as it was before."""
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def checked_url(text: str) -> str:
    """Return scheme, host and port of an address; Misused where a token would go unprotected, or for any other text."""
    if not text:
        raise Misused("You are not signed in. Begin with: waymark login https://your.site")
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Misused(_ADDRESS) from None
    alone = not (parts.username or parts.password or parts.query or parts.fragment or parts.path.strip("/"))
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[a-z0-9.:_-]+", host) or not alone:
        raise Misused(_ADDRESS)
    if parts.scheme == "http" and not _is_here(host):
        raise Misused(f"Anybody on the way could read your token. Use https://{host}.")
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}"


def checked_token(text: str) -> str:
    """Return a token that can be sent; Misused for a text that is none."""
    if not _TOKEN.fullmatch(text):
        raise Misused("This is no token. Make one on the site, under Settings, API tokens.")
    return text


def _kept() -> Place | None:
    try:
        known = json.loads(config_file().read_bytes())
        return Place(str(known["url"]), str(known["token"]))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise Misused(f"{config_file()} cannot be read. Sign in again with: waymark login https://your.site") from None


def _folder(variable: str, usual: str) -> Path:
    base = os.environ.get(variable, "")
    return (Path(base) if Path(base).is_absolute() else Path.home() / usual) / "waymark"


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
