"""Letters to people, with blanks to fill; they open in one's own mail program, nothing is sent. Pure."""

import re
from dataclasses import dataclass

from applications.drafts import Draft


@dataclass(frozen=True, slots=True)
class To:
    """Whom a letter is to, of what paper it may speak, and who writes."""

    name: str
    email: str
    paper: str
    writer: str


def about_paper(to: To) -> Draft:
    """Write about their work, and why."""
    text = (
        f"I read {_paper(to)} with great interest, in particular …. In my own work on … I found …, and I wondered "
        "whether ….\n\nI am a PhD student in …, and am looking for a research internship next summer. Would you have "
        "twenty minutes to talk about what your team works on?"
    )
    return _letter("About their paper", f"A question about {to.paper or 'your paper'}", text, to)


def after_talk(to: To) -> Draft:
    """Write to somebody whom one met."""
    text = (
        "Thank you for the conversation after your talk at …. What you said about … has stayed with me, because ….\n\n"
        "I am looking for a research internship next summer, and your team is among those I would like to know better. "
        "Whom would you suggest I speak to?"
    )
    return _letter("After a talk", "Our conversation at …", text, to)


def referral(to: To) -> Draft:
    """Ask for a referral, with what makes it easy."""
    text = (
        "I am about to apply for … in your team (…). From our conversation I believe that it fits what I do: ….\n\n"
        "Would you be willing to refer me? My CV and two lines about my work are below. If it is not a good moment, "
        "that is quite all right; I would then apply directly by …."
    )
    return _letter("Ask for a referral", "Would you refer me for …?", text, to)


def follow_up(to: To) -> Draft:
    """Write a second and last time."""
    text = (
        f"I wrote to you on … about {to.paper or '…'}. I know that your days are full, so this is the only time I come "
        "back to it. If somebody else is the better person to ask, a name would help me a great deal."
    )
    return _letter("Follow up once", "A short follow-up", text, to)


def thanks(to: To) -> Draft:
    """Say thank you, and what came of it."""
    text = (
        "Thank you for …. It helped me to …. I will let you know how it goes, and would be glad to return the favour."
    )
    return _letter("Thank them", "Thank you", text, to)


def _letter(title: str, subject: str, text: str, to: To) -> Draft:
    return Draft(title, subject, f"Dear {to.name},\n\n{text}\n\nBest wishes,\n{to.writer}", to=to.email)


def _paper(to: To) -> str:
    return f"“{to.paper}”" if to.paper else "your paper …"


def usual(kind: str) -> Draft:
    """Return our letter with its blanks, to be put into one's own words."""
    return DRAFTS[kind](To("{name}", "", "{paper}", "{me}"))


def in_own_words(title: str, subject: str, text: str, to: To) -> Draft:
    """Fill the blanks of somebody's own letter; what else stands in braces stays."""
    filled = {"{name}": to.name, "{paper}": to.paper or "…", "{me}": to.writer}
    blanks = re.compile("|".join(map(re.escape, filled)))
    subject, text = (blanks.sub(lambda blank: filled[blank[0]], words) for words in (subject, text))
    return Draft(title, subject, text, to=to.email)


DRAFTS = {
    "paper": about_paper,
    "talk": after_talk,
    "referral": referral,
    "follow-up": follow_up,
    "thanks": thanks,
}
TITLES = [(kind, write(To("", "", "", "")).title) for kind, write in DRAFTS.items()]
