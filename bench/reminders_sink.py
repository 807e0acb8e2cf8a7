"""`python -m bench.reminders_sink`: a mail server that takes everything at once and keeps nothing; prints its port."""

import asyncio

_END = b"\r\n.\r\n"


class _Taker(asyncio.Protocol):
    """One connection: answers each command, and skips to the end of each letter."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.buffer = b""
        self.in_letter = False
        self._say(b"220 sink")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            end = _END if self.in_letter else b"\r\n"
            found = self.buffer.find(end)
            if found < 0:
                return
            line, self.buffer = self.buffer[:found], self.buffer[found + len(end) :]
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        if not self.in_letter and line[:4].upper() == b"DATA":
            self.in_letter = True
            self._say(b"354 go on")
            return
        self.in_letter = False
        words = {b"EHLO": b"250-sink\r\n250 PIPELINING", b"QUIT": b"221 bye"}
        self._say(words.get(line[:4].upper(), b"250 ok"))

    def _say(self, line: bytes) -> None:
        self.transport.write(line + b"\r\n")  # type: ignore[attr-defined]  # it can always write


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(_Taker, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
