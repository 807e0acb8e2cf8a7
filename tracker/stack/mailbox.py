"""The demo's mail server: takes every mail and keeps it as a file, at which /demo/mail/ looks.

Run as `python -m tracker.stack.mailbox --descriptor N --folder DIR`, with the listening socket handed down, so that a
restart keeps its port. --delay makes it as slow as a real server, for the fault tests.
"""

import argparse
import asyncio
import contextlib
import os
import random
import signal
import socket
import time
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

_PORTS = range(21_000, 29_000)
"""Below the range from which the kernel takes ports for outgoing connections."""


class Keeper:
    """Writes each mail under a name that sorts by arrival; a half-written mail is never seen."""

    def __init__(self, folder: Path, delay: float = 0) -> None:
        """Keep mails in this folder; wait so many seconds before taking each."""
        self.folder = folder
        self.delay = delay
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name there
        """Take one mail."""
        await asyncio.sleep(self.delay)
        name = f"{time.time_ns()}-{os.urandom(3).hex()}"
        draft = self.folder / f"{name}.part"
        draft.write_bytes(envelope.original_content or b"")
        draft.replace(self.folder / f"{name}.eml")
        return "250 Kept"


def listening(port: int | None = None) -> socket.socket:
    """Return a socket on 127.0.0.1 that already listens, on a free port unless one is given."""
    tries = [port] if port else random.sample(_PORTS, 50)
    for number in tries:
        # The protocol by name, or asyncio leaves Nagle's waits on, of 40 ms for each letter.
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        with contextlib.suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            found.bind(("127.0.0.1", number))
            found.listen(128)
            return found
        found.close()
    raise OSError(f"No free port among {len(tries)} tried on 127.0.0.1.")


def arguments(door: socket.socket, folder: Path, delay: float = 0) -> list[str]:
    """Return the command line, after `python -m`, of a server that takes mails at this door."""
    return [__name__, "--descriptor", str(door.fileno()), "--folder", str(folder), "--delay", str(delay)]


def address(door: socket.socket) -> str:
    """Return the EMAIL_URL of this door."""
    host, port = door.getsockname()
    return f"smtp://{host}:{port}"


async def serve(door: socket.socket, keeper: Keeper) -> None:
    """Take mails until SIGTERM."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    server = await loop.create_server(lambda: SMTP(keeper, hostname="waymark.example", enable_SMTPUTF8=True), sock=door)
    async with server:
        await ended.wait()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--descriptor", type=int, required=True, help="number of the listening socket")
    parser.add_argument("--folder", type=Path, required=True, help="where mails are kept")
    parser.add_argument("--delay", type=float, default=0, help="seconds to wait before taking a mail")
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore", module="aiosmtpd")
    asyncio.run(serve(socket.socket(fileno=chosen.descriptor), Keeper(chosen.folder, chosen.delay)))


if __name__ == "__main__":
    main()
