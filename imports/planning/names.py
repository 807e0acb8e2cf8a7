"""What people call the columns of their tables, and which row of a table has those names. Pure."""

from collections.abc import Sequence
from functools import lru_cache

from imports.planning.fields import LINE

HEAD_WITHIN = 10
"""How many of the first rows may stand above the head: a title, the day of an export."""
_ENOUGH = 2


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """Return the letters and digits of a header in small letters, by which it is known again."""
    letters = "".join(letter for letter in name.casefold() if letter.isalnum())
    return letters or name.strip()


_NAMES = {
    "company": "company companyname employer organisation organization firm lab institute institution companies",
    "role": "role roles title jobtitle position positiontitle job posting opportunity programme program vacancy",
    "url": "url link joburl joblink jobposting jobpostingurl jobpostinglink applicationlink applicationurl "
    "postingurl postinglink website careerspage source_url",
    "place": "place location city locations where country",
    "kind": "kind typeofrole opportunitytype",
    "season": "season term",
    "stage": "stage status applicationstatus state progress currentstage currentstatus",
    "outcome": "outcome result",
    "since": "inthisstagesince stagesince statusdate lastmovedat stageenteredat laststatuschange",
    "applied_on": "appliedon dateapplied applied applieddate applicationdate dateofapplication appliedat datesent "
    "submitted submittedon datesubmitted sent senton",
    "added_on": "notedon addedon dateadded added createdat created savedon datesaved date",
    "closes_on": "closeson deadline closingdate closes duedate due applicationdeadline applyby closing",
    "next_step": "nextstep nextaction followupnote todo action nextsteps",
    "next_step_on": "nextstepby followup followupat followupon followupdate nextactiondate nextstepon reminder",
    "way_in": "wayin",
    "referrer": "referredby referral referrer",
    "on_hold": "onhold hold",
    "hold_until": "waituntil holduntil",
    "source": "source foundthrough foundvia foundon jobsource jobboard platform",
    "closeness": "teamswork closeness",
    "starts_from": "startfrom startdate start begins starts starting",
    "starts_until": "startuntil lateststart",
    "weeks": "weeks durationweeks lengthinweeks",
    "hours": "hours",
    "tags": "tags tag labels label keywords",
    "notes": "notes note comments comment remarks",
    LINE: "salary pay stipend compensation contact contacts contactperson recruiter score priority visa",
    "posting_text": "postingtext jobdescription description textoftheposting",
}
BY_NAME: dict[str, str] = {name: field for field, names in _NAMES.items() for name in names.split()}


def named(row: Sequence[str]) -> int:
    """Return how many fields a row names."""
    return len({BY_NAME[key] for cell in row if (key := key_of(cell)) in BY_NAME})


def head_named(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether one of these rows names two fields."""
    return any(named(row) >= _ENOUGH for row in rows)


def head_place(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows is the head: the first that names two fields, with little above it.

    Where none does, a line or more of a single cell is a title, and the head is the first row of three cells below.
    """
    is_title = True
    for place, row in enumerate(rows):
        count, filled = named(row), sum(bool(cell.strip()) for cell in row)
        if count >= _ENOUGH:
            return place
        if filled > _ENOUGH:
            return place if is_title else 0
        if count and filled > 1:
            return 0
        is_title = is_title and filled == 1 and not count
    return 0
