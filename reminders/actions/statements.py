"""The planner's SQL: one statement, so that what is wanted is computed once and compared with what is there."""

# The instants come in as arrays, computed by `plan`: one zone database decides, and none of it per row.
PLAN = """
WITH milestone AS (
    SELECT * FROM unnest(
        %(rules)s::text[], %(seasons)s::bigint[], %(opens)s::date[], %(closes)s::date[],
        %(zones)s::text[], %(revisions)s::text[], %(dues)s::timestamptz[], %(useful)s::timestamptz[]
    ) AS m(rule, season_id, opens_on, closes_on, zone, revision, due_at, useful_until)
    WHERE useful_until > %(at)s
), wanted AS MATERIALIZED (
    SELECT m.rule, u.id AS person_id, c.channel, NULL::bigint AS round_id, m.season_id, m.revision,
        m.due_at, m.useful_until,
        m.rule || ':window:' || u.public_id || ':' || c.channel || ':season-' || s.id || ':0:' || m.revision AS key
    FROM milestone m
    JOIN accounts_user u ON u.time_zone = m.zone AND u.is_active AND u.is_student AND u.created_at <= m.due_at
    JOIN companies_season s ON s.id = m.season_id
    LEFT JOIN applications_seasonplan p ON p.student_id = u.id AND p.season_id = m.season_id
    LEFT JOIN reminders_preference f ON f.person_id = u.id AND f.kind = 'window'
    LEFT JOIN reminders_times q ON q.person_id = u.id
    CROSS JOIN (VALUES ('mail'), ('app')) AS c(channel)
    WHERE coalesce(p.opens_on, s.opens_on) = m.opens_on
        AND coalesce(p.closes_on, s.closes_on) = m.closes_on
        AND CASE c.channel
            WHEN 'mail' THEN coalesce(f.by_mail, 'now') = 'now'
                AND (q.paused_until IS NULL OR q.paused_until <= (%(at)s AT TIME ZONE u.time_zone)::date)
            ELSE coalesce(f.app, true) END
        AND (p.id IS NOT NULL OR NOT EXISTS (
            -- who planned for another season prepares for that one
            SELECT FROM applications_seasonplan o JOIN companies_season t ON t.id = o.season_id
            WHERE o.student_id = u.id AND coalesce(o.closes_on, t.closes_on) >= (%(at)s AT TIME ZONE u.time_zone)::date
        ))
        AND NOT EXISTS (
            SELECT FROM applications_application a
            WHERE a.student_id = u.id AND a.season_id = m.season_id AND a.outcome = 'accepted'
        )
    UNION ALL
    SELECT 'interview_tomorrow', u.id, c.channel, r.id, NULL, r.revision::text, e.due_at, r.starts_at,
        'interview_tomorrow:round-' || r.public_id || ':' || u.public_id || ':' || c.channel
            || ':once:-1:' || r.revision
    FROM unnest(%(rounds)s::bigint[], %(evenings)s::timestamptz[]) AS e(round_id, due_at)
    JOIN applications_interviewround r ON r.id = e.round_id AND r.status = 'scheduled'
        AND r.starts_at > greatest(e.due_at, %(at)s)
    JOIN applications_application a ON a.id = r.application_id AND a.stage <> 'closed'
    JOIN accounts_user u ON u.id = a.student_id AND u.is_active AND u.is_student
    LEFT JOIN reminders_preference f ON f.person_id = u.id AND f.kind = 'interviews'
    CROSS JOIN (VALUES ('mail'), ('app')) AS c(channel)
    WHERE CASE c.channel WHEN 'mail' THEN coalesce(f.by_mail, 'now') = 'now' ELSE coalesce(f.app, true) END
), matched AS MATERIALIZED (
    SELECT w.*, d.id, d.state = 'pending' AND d.attempts = 0 AS is_fresh,
        d.state IN ('cancelled', 'superseded') AS is_retired,
        (d.due_at, d.useful_until) <> (w.due_at, w.useful_until) AS is_moved
    FROM wanted w LEFT JOIN reminders_delivery d ON d.key = w.key
), made AS (
    INSERT INTO reminders_delivery (
        key, rule, channel, person_id, round_id, season_id, revision, due_at, available_at, useful_until,
        state, attempts, last_error, created_at
    )
    SELECT key, rule, channel, person_id, round_id, season_id, revision, due_at, due_at, useful_until,
        'pending', 0, '', %(at)s
    FROM matched WHERE id IS NULL
    ON CONFLICT (key) DO NOTHING
    RETURNING 1
), righted AS (
    UPDATE reminders_delivery d
    SET state = 'pending', due_at = m.due_at, available_at = m.due_at, useful_until = m.useful_until,
        attempts = 0, last_error = ''
    FROM matched m
    WHERE d.id = m.id AND (m.is_retired OR m.is_fresh AND m.is_moved)
        AND d.state IN ('pending', 'cancelled', 'superseded')  -- asked again of the row as it is when locked
    RETURNING 1
)
SELECT (SELECT count(*) FROM made), (SELECT count(*) FROM righted), ARRAY(
    SELECT id FROM reminders_delivery
    WHERE state = 'pending' AND useful_until > %(at)s
        AND id NOT IN (SELECT id FROM matched WHERE id IS NOT NULL)
    ORDER BY id LIMIT %(most)s
)
"""
