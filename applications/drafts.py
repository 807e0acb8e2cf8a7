"""Short letters with blanks to fill; they open in one's own mail program, nothing is sent. Pure."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import quote

from tracker.lib.dates import MONTHS, full_day


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter: what it is for, its subject, its text, whether the application ends with it, and to which address."""

    title: str
    subject: str
    text: str
    closes: bool = False
    to: str = ""

    @property
    def mailto(self) -> str:
        """The address that opens it in a mail program."""
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject)}&body={quote(self.text)}"


@dataclass(frozen=True, slots=True)
class About:
    """What a letter names."""

    role: str
    company: str
    name: str
    answer_by: dt.date | None = None
    applied_on: dt.date | None = None


def more_time(about: About) -> Draft:
    """Ask for a later day to answer."""
    by = f" by {full_day(about.answer_by)}" if about.answer_by else ""
    text = (
        f"Dear …,\n\nThank you for the offer of {about.role}. I would like to take it seriously, and you asked for my "
        f"answer{by}. I am waiting for one more decision that bears on mine. Could I answer by … instead?\n\n"
        f"I remain very interested, in … above all.\n\nBest wishes,\n{about.name}"
    )
    return Draft("Ask for more time", f"{about.role}: a little more time to answer", text)


def follow_up(about: About) -> Draft:
    """Ask once whether there is anything to add."""
    sent = f" on {about.applied_on.day} {MONTHS[about.applied_on.month - 1]}" if about.applied_on else ""
    text = (
        f"Dear …,\n\nI applied for {about.role}{sent} and remain very interested, in … above all. Is there anything "
        f"I can add?\n\nBest wishes,\n{about.name}"
    )
    return Draft("Follow up", f"{about.role}: a short follow-up", text)


def decline(about: About) -> Draft:
    """Turn an offer down."""
    text = (
        f"Dear …,\n\nThank you for the offer of {about.role} and for the time you and your team gave me. After some "
        f"thought I have decided on another place this summer.\n\nI liked … very much, and I hope that we meet "
        f"again.\n\nBest wishes,\n{about.name}"
    )
    return Draft("Decline", f"{about.role}: my answer", text, closes=True)


def withdraw(about: About) -> Draft:
    """Take back an application that is still open."""
    text = (
        f"Dear …,\n\nI have accepted another internship for this summer, so I would like to withdraw my application "
        f"for {about.role}. Thank you for considering it.\n\nI follow what {about.company} does in …, and would be "
        f"glad to stay in touch.\n\nBest wishes,\n{about.name}"
    )
    return Draft("Withdraw", f"{about.role}: I withdraw my application", text, closes=True)


DRAFTS = {"follow-up": follow_up, "more-time": more_time, "decline": decline, "withdraw": withdraw}
