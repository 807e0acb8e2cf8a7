"""What Waymark takes as a file, judged by its content: no name, no header of the browser is believed.

Each refusal is a DomainError with a sentence of its own. Everything works on bytes in memory and within limits: nothing
here unpacks to the disk, loads what a file names, or runs what it holds. Decision 0015 says what this is and is not.
"""

from applications.files.judging import judge
from applications.files.kinds import KINDS, TAKEN, FileKind, TooLargeError

__all__ = ["KINDS", "TAKEN", "FileKind", "TooLargeError", "judge"]
