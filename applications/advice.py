"""Short advice from the talk "PhD Internships", one piece at a time, and the one that fits the moment. Pure."""

import datetime as dt

TIMING = "Most internships are in summer and last 3 to 6 months, full time; some are part time or start soon."
ALWAYS = (
    "You do not need to match every requirement. If you meet most and the team's work is close to yours, apply.",
    "Somebody inside who knows your work helps most. No one yet? Write to authors you cite; meet them at workshops.",
    "It works best where a team does related work: look for it on the company's own pages and in its papers.",
    "Interviews often have many rounds: research, ML fundamentals, coding. Show how you think, as a colleague would.",
    "Look at company websites, at conferences and on LinkedIn; different places show different roles.",
    "Published work from an internship can become part of the thesis. Ask about publication early.",
    TIMING,
)
SCHEME = (
    "Enrichment schemes, such as the one of the Alan Turing Institute, usually close in February. "
    "One can run beside an internship search."
)


def of_the_day(on: dt.date) -> str:
    """Return the same piece all week, another one the next; in January and early February the schemes' deadline."""
    if (on.month == 1) or (on.month == 2 and on.day <= 14):  # noqa: PLR2004 - the month of the deadline
        return SCHEME
    return ALWAYS[on.isocalendar().week % len(ALWAYS)]
