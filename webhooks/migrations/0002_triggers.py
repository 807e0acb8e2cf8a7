"""What happens to applications, rounds and offers is written down for webhooks by the database itself.

So it is whoever changes the rows, one by one or thousands by one statement, and in the same transaction. A trigger
runs once for each statement. `tracker.lib.database.quietly` is how a change stays untold.
"""

from collections.abc import Iterator

from django.db import migrations

# `seen` must have: owner (the person's key), facts (what webhooks.payloads reads).
_TELL = """
INSERT INTO webhooks_webhookdelivery
    (public_id, webhook_id, type, facts, body, state, attempts, said, due_at, made_at)
SELECT replace(gen_random_uuid()::text, '-', ''), w.id, TG_ARGV[0], seen.facts, '', 'due', 0, '', now(), now()
FROM webhooks_webhook w JOIN seen ON seen.owner = w.person_id
WHERE w.off = '' AND TG_ARGV[0] = ANY (w.events);
"""

_FUNCTION = """
CREATE FUNCTION webhooks_tell_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('waymark.quiet', TRUE) = 'on'
        OR NOT EXISTS (SELECT FROM webhooks_webhook WHERE off = '' AND TG_ARGV[0] = ANY (events)) THEN
        RETURN NULL;
    END IF;
    WITH seen AS ({seen})
    {tell}
    RETURN NULL;
END $$
"""

_APPLICATION = "SELECT c.student_id AS owner, jsonb_build_object('application', c.public_id) AS facts FROM changed c"
_MOVED = """
    SELECT c.student_id AS owner, jsonb_build_object('application', c.public_id, 'change', jsonb_build_object(
        'stage', c.stage, 'outcome', c.outcome, 'stage_before', b.stage, 'outcome_before', b.outcome)) AS facts
    FROM changed c JOIN before b ON b.id = c.id
    WHERE (c.stage, c.outcome) IS DISTINCT FROM (b.stage, b.outcome)
"""
_ROUND = """
    SELECT a.student_id AS owner, jsonb_build_object('application', a.public_id, 'round', c.public_id) AS facts
    FROM changed c JOIN applications_application a ON a.id = c.application_id
"""
_ROUND_CHANGED = f"""
    {_ROUND} JOIN before b ON b.id = c.id
    WHERE (c.kind, c.status, c."on", c."time", c.zone, c.minutes)
        IS DISTINCT FROM (b.kind, b.status, b."on", b."time", b.zone, b.minutes)
"""
_OFFER = """
    SELECT a.student_id AS owner, jsonb_build_object('application', a.public_id) AS facts
    FROM changed c JOIN applications_application a ON a.id = c.application_id
"""

_APPLICATIONS, _ROUNDS, _OFFERS = "applications_application", "applications_interviewround", "applications_offer"
# What is told -> its table, the statement that makes it so, and the rows it is about.
_TRIGGERS = {
    "application.added": (_APPLICATIONS, "INSERT", _APPLICATION),
    "application.moved": (_APPLICATIONS, "UPDATE", _MOVED),
    "application.deleted": (_APPLICATIONS, "DELETE", _APPLICATION),
    "round.added": (_ROUNDS, "INSERT", _ROUND),
    "round.changed": (_ROUNDS, "UPDATE", _ROUND_CHANGED),
    "round.deleted": (_ROUNDS, "DELETE", _ROUND),
    "offer.noted": (_OFFERS, "INSERT", _OFFER),
    "offer.changed": (_OFFERS, "UPDATE", f"{_OFFER} JOIN before b ON b.id = c.id WHERE c.version <> b.version"),
}
_SEES = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "NEW TABLE AS changed OLD TABLE AS before",
    "DELETE": "OLD TABLE AS changed",
}


def _operations() -> Iterator[migrations.RunSQL]:
    for kind, (table, verb, seen) in _TRIGGERS.items():
        name, told = kind.replace(".", "_"), "offer.noted" if kind == "offer.changed" else kind
        trigger = f"""
            CREATE TRIGGER webhooks_{name} AFTER {verb} ON {table} REFERENCING {_SEES[verb]}
            FOR EACH STATEMENT EXECUTE FUNCTION webhooks_tell_{name}('{told}')
        """
        yield migrations.RunSQL(
            [_FUNCTION.format(name=name, seen=seen, tell=_TELL), trigger],
            [f"DROP TRIGGER webhooks_{name} ON {table}", f"DROP FUNCTION webhooks_tell_{name}()"],
        )


class Migration(migrations.Migration):
    dependencies = [("webhooks", "0001_webhooks"), ("applications", "0001_first")]

    operations = list(_operations())
