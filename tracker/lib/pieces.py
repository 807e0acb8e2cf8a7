"""A file that is written on one side and taken away in pieces on the other, so that it never is there as a whole."""

import io


class Outlet(io.RawIOBase):
    """Takes what is written; `take` returns it and forgets it. It cannot be read or turned back."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._pieces: list[bytes] = []
        self.waiting = 0
        self._at = 0

    def writable(self) -> bool:
        """Say that it takes bytes."""
        return True

    def tell(self) -> int:
        """Return how many bytes were written in all."""
        return self._at

    def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer
        """Take some bytes."""
        piece = bytes(data)
        self._pieces.append(piece)
        self.waiting += len(piece)
        self._at += len(piece)
        return len(piece)

    def take(self) -> bytes:
        """Return what was written since the last time."""
        taken = b"".join(self._pieces)
        self._pieces.clear()
        self.waiting = 0
        return taken
