"""The planner's SQL: one statement, so that what is wanted is computed once and compared with what is there."""

from reminders.actions.occasions import OCCASIONS
from reminders.plan import FIXED, OFF_AT_FIRST, Rule
from reminders.queries.facts.absences import IS_SILENT


def _manner(rule: Rule) -> str:
    """Return the row of one rule in `manner`."""
    holds = (
        rule.is_alone,
        rule.is_held_back,
        rule.kind in FIXED,
        rule.is_spread,
        rule.is_told_in_app,
        rule.kind not in OFF_AT_FIRST,
    )
    return f"('{rule}', '{rule.kind}', {', '.join(map(str, holds))})"


_COLUMNS = """rule, channel, person_id, round_id, season_id, application_id, cycle_id, sharing_id, sign_in_id,
        proposal_id, request_id, comment_id, contact_id, revision, due_at, available_at, useful_until"""

# What is retired may be wanted again; but what another one was told in place of stays away.
_KNOWN = """id, key, due_at, useful_until, state = 'pending' AND attempts = 0 AS is_fresh,
        state IN ('cancelled', 'superseded') AND carrier_id IS NULL AS is_retired, state = 'pending' AS is_pending"""

# The instants come in as arrays, computed by `days`: one zone database decides, and none of it per row.
PLAN = f"""
WITH manner (rule, kind, is_alone, is_held_back, is_fixed, is_spread, in_app, at_first) AS (
    VALUES {", ".join(map(_manner, Rule))}
), morning AS (
    SELECT * FROM unnest(%(morning_days)s::date[], %(morning_zones)s::text[], %(mornings)s::timestamptz[])
        AS m(day, zone, due_at)
), ending AS (
    SELECT * FROM unnest(%(last_days)s::date[], %(last_zones)s::text[], %(endings)s::timestamptz[])
        AS e(day, zone, ends_at)
), occasion AS ({OCCASIONS}
), wanted AS NOT MATERIALIZED (
    SELECT u.rule, c.channel, u.id AS person_id, round_id, season_id, application_id, cycle_id, sharing_id, sign_in_id,
        proposal_id, request_id, comment_id, contact_id, revision, due_at, useful_until, u.public_id, k.is_spread,
        head || c.channel || tail AS key
    FROM occasion u
    JOIN manner k ON k.rule = u.rule
    LEFT JOIN reminders_preference f ON f.person_id = u.id AND f.kind = k.kind
    -- OFFSET 0 has it read once: the database would look for each person's alone
    LEFT JOIN (SELECT person_id, paused_until FROM reminders_times OFFSET 0) q ON q.person_id = u.id
    CROSS JOIN (VALUES ('mail'), ('app')) AS c(channel)
    WHERE useful_until > %(at)s AND (k.is_fixed OR CASE c.channel
        WHEN 'mail' THEN coalesce(f.by_mail = 'now', k.at_first) AND (
            k.is_alone OR q.paused_until IS NULL
            OR q.paused_until <= (%(at)s AT TIME ZONE u.time_zone)::date
        ) AND NOT (k.is_held_back AND {IS_SILENT})
        ELSE k.in_app AND coalesce(f.app, k.at_first) END)
    OFFSET 0  -- what follows is asked of all this, not within it, where the database would expect next to no mornings
), near AS NOT MATERIALIZED (
    SELECT {_KNOWN} FROM reminders_delivery
    WHERE due_at >= %(since)s::timestamptz - interval '2 days'
    OFFSET 0
), news AS MATERIALIZED (
    -- What is wanted or there, but not both and the same. Nearly all is of late or ahead, and compared in one go.
    SELECT w.*, n.id, n.is_fresh, n.is_retired, n.is_pending AND w.key IS NULL AS is_unwanted
    FROM (SELECT * FROM wanted WHERE due_at BETWEEN %(since)s AND %(until)s AND useful_until > due_at) w
    FULL JOIN near n ON n.key = w.key
    WHERE CASE WHEN n.key IS NULL THEN true
        WHEN w.key IS NULL THEN n.is_pending AND n.due_at >= %(since)s AND n.useful_until > %(at)s
        ELSE n.is_retired OR n.due_at <> w.due_at OR n.useful_until <> w.useful_until END
), matched AS MATERIALIZED (
    SELECT w.*, coalesce(w.id, f.id) AS known, coalesce(w.is_retired, f.is_retired) AS is_to_return,
        coalesce(w.is_fresh, f.is_fresh) AS is_to_move,
        -- many are due at eight; not when the time is short, and the app has no queue
        CASE WHEN w.channel = 'mail' AND w.is_spread AND w.useful_until - w.due_at > interval '1 day'
            THEN w.due_at + mod(hashtext(w.public_id) & 2147483647, %(spread)s) * interval '1 second'
            ELSE w.due_at END AS available_at
    -- the others are looked for one by one, which OFFSET 0 keeps apart
    FROM news w LEFT JOIN LATERAL (
        SELECT {_KNOWN} FROM reminders_delivery d WHERE w.id IS NULL AND d.key = w.key OFFSET 0
    ) f ON true
    WHERE w.key IS NOT NULL
), made AS (
    INSERT INTO reminders_delivery (key, {_COLUMNS}, state, attempts, last_error, created_at)
    SELECT key, {_COLUMNS}, 'pending', 0, '', %(at)s
    FROM matched WHERE known IS NULL
    ORDER BY person_id  -- all is matched before the first goes in, or each would be looked for among these
    ON CONFLICT (key) DO NOTHING
    RETURNING 1
), righted AS (
    UPDATE reminders_delivery d
    SET state = 'pending', due_at = m.due_at, available_at = m.available_at, useful_until = m.useful_until,
        attempts = 0, last_error = ''
    FROM matched m
    WHERE d.id = m.known
        AND (m.is_to_return OR m.is_to_move AND (d.due_at, d.useful_until) <> (m.due_at, m.useful_until))
        AND d.state IN ('pending', 'cancelled', 'superseded')  -- asked again of the row as it is when locked
    RETURNING 1
)
SELECT (SELECT count(*) FROM made), (SELECT count(*) FROM righted), ARRAY(
    SELECT id FROM news WHERE is_unwanted ORDER BY id LIMIT %(most)s
)
"""  # noqa: S608 - constants
