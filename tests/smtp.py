"""A mail server for tests: takes mails, as slowly and as badly as it is told to, and remembers every one."""

import asyncio
import contextlib
import email
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session

from tracker.stack import mailbox


@dataclass
class Sink:
    """What arrived, and how to answer; `refused` and `data_answers` map an address to the server's words."""

    url: str = ""
    delay: float = 0
    mails: list[EmailMessage] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)  # when each was there, by time.monotonic()
    refused: dict[str, str] = field(default_factory=dict)
    data_answers: dict[str, str] = field(default_factory=dict)
    drop_after: set[str] = field(default_factory=set)
    # Beyond addresses: answer 421 to everybody; keep so many more mails and cut the connection instead of saying so.
    closing: bool = False
    drops: int = 0
    pipelines: bool = True
    connections: int = 0
    handling: int = 0

    @property
    def message_ids(self) -> list[str]:
        """Every Message-ID in the order of arrival."""
        return [mail["Message-ID"] for mail in list(self.mails)]

    async def handle_EHLO(self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]):  # noqa: N802
        self.connections += 1
        session.host_name = name
        return [*replies[:-1], "250-PIPELINING", replies[-1]] if self.pipelines else replies

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):  # noqa: N802
        if self.closing:
            return "421 Closing"
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.handling += 1
        await asyncio.sleep(self.delay)
        self.handling -= 1
        to = envelope.rcpt_tos[0]
        if to in self.data_answers:
            return self.data_answers[to]
        self.arrived.append(time.monotonic())
        self.mails.append(email.message_from_bytes(envelope.original_content or b"", policy=default))
        if to in self.drop_after or self.drops:
            self.drops = max(0, self.drops - 1)
            server.transport.close()
        return "250 Kept"


@contextmanager
def running(delay: float = 0) -> Iterator[Sink]:
    """Run a sink in a thread of its own until the end of the block."""
    sink = Sink(delay=delay)
    loop = asyncio.new_event_loop()
    with mailbox.listening() as door:
        sink.url = mailbox.address(door)
        thread = threading.Thread(target=_apart, args=(loop,), name="smtp-sink")
        thread.start()
        # Made in that thread: in this one a browser test may have left Playwright's own loop running.
        made = loop.create_server(lambda: SMTP(sink, hostname="sink.example", loop=loop), sock=door)
        server = asyncio.run_coroutine_threadsafe(made, loop).result(timeout=10)
        try:
            yield sink
        finally:
            asyncio.run_coroutine_threadsafe(_ended(server), loop).result(timeout=10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(timeout=10)
            loop.close()


def _apart(loop: asyncio.AbstractEventLoop) -> None:
    """Take what the others leave of the processors: a mail server stands on another machine."""
    with contextlib.suppress(OSError):  # threads have a number of their own on Linux only
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
    loop.run_forever()


async def _ended(server: asyncio.Server) -> None:
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
