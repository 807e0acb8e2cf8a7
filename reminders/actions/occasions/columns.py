"""The columns of an occasion, and what its queries have in common; in each, `u` is the person."""

from reminders.plan import Rule

PRESENT = "u.is_active AND u.leaving_since IS NULL"
"""Whoever has asked for their account to be deleted hears of that and of what touches its safety, of nothing else."""

STUDENT = f"{PRESENT} AND u.is_student"

SECOND = "YYYYMMDDHH24MISS"
"""How the second of what happened is written in a key."""

_ABOUT = (
    "round_id", "season_id", "application_id", "cycle_id", "sharing_id", "sign_in_id", "proposal_id", "request_id",
    "comment_id", "contact_id",
)  # fmt: skip


def columns(
    *,
    rule: Rule | str,
    subject: str = "",
    revision: str,
    due_at: str,
    useful_until: str,
    cycle: str = "'once'",
    offset: str = "'0'",
    shared: tuple[str, str] = ("", ""),
    **about: str,
) -> str:
    """Return `SELECT ...` of one family: all in SQL but a rule; `about` names the one key that is not empty.

    Subject, cycle, offset and revision are parts of the key, of which `head` comes before the channel and `tail` after
    it. Where many people share them, `shared` may give the parts before the person and after the channel as they were
    put together once. The person comes along: nobody needs to join them again.
    """
    name = f"'{rule}'" if isinstance(rule, Rule) else rule
    keys = ", ".join(f"{about.get(key, 'NULL')}::bigint AS {key}" for key in _ABOUT)
    return f"""
    SELECT {name} AS rule, u.id, u.public_id, u.time_zone, u.created_at, u.last_seen_on, {keys},
        {shared[0] or f"{name} || ':' || {subject} || ':'"} || u.public_id || ':' AS head,
        {shared[1] or f"':' || {cycle} || ':' || ({offset})::text || ':' || ({revision})::text"} AS tail,
        ({revision})::text AS revision,
        {due_at} AS due_at, {useful_until} AS useful_until"""


def unmarked(line: str, thing: str, day: str) -> str:
    """Return SQL that holds unless the student ticked, let go or put off this line of Today."""
    return f"""NOT EXISTS (
            SELECT FROM applications_todaymark k
            WHERE k.student_id = u.id AND k.key = '{line}-' || {thing} || '-' || to_char({day}, 'YYYYMMDD')
                AND (k.until IS NULL OR k.until > (%(at)s AT TIME ZONE u.time_zone)::date)
        )"""
