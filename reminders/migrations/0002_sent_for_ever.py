from typing import ClassVar

from django.db import migrations

# A row that was sent stays sent, and a Message-ID once given stays the same, whoever writes: the product, an operator's
# SQL or a later mistake. Rows may be deleted with their person. The condition stands in the trigger, so that an ordinary
# update calls no function.
_HOLD = """
CREATE FUNCTION reminders_delivery_hold() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Delivery % was sent or has its Message-ID; neither changes.', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER reminders_delivery_hold BEFORE UPDATE ON reminders_delivery FOR EACH ROW
WHEN (
    OLD.state = 'sent' AND (NEW.state, NEW.sent_at, NEW.key) IS DISTINCT FROM (OLD.state, OLD.sent_at, OLD.key)
    OR OLD.message_id IS NOT NULL AND NEW.message_id IS DISTINCT FROM OLD.message_id
)
EXECUTE FUNCTION reminders_delivery_hold();
"""
_LET_GO = """
DROP TRIGGER reminders_delivery_hold ON reminders_delivery;
DROP FUNCTION reminders_delivery_hold();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reminders", "0001_first")]

    operations: ClassVar = [migrations.RunSQL(_HOLD, _LET_GO)]
