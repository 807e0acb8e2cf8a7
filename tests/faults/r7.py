"""R7: never a flood. Whatever happens in whatever order, nobody gets too many mails, and none twice without a crash."""

import traceback

from tests.faults.ground import ground
from tests.faults.table import Row

_MANY = 100


def run(*, examples: int, steps: int) -> Row:
    """Let so many lives of three people happen, each of at most so many events, and each end in peace."""
    with ground(durable=False):
        from django.db import connection, transaction
        from hypothesis import HealthCheck, settings
        from hypothesis.stateful import run_state_machine_as_test

        from reminders.actions import finishing
        from tests.demo_copies import tables
        from tests.faults.flood import Flood

        class Fresh(Flood):
            """Each example begins with nothing, and commits as the product does."""

            def __init__(self) -> None:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("; ".join(f'DELETE FROM "{name}"' for name in tables()))
                super().__init__()

        finishing._JITTER = 1  # none: a wait that differs from try to try is no example that can be told again
        budget = settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        broken = ""
        try:
            run_state_machine_as_test(Fresh, settings=budget)
        except AssertionError as error:
            # Python's own assert says nothing: name the line that it stands in.
            broken = f"{traceback.extract_tb(error.__traceback__)[-1].line} {error}"[:300]
        seen = Flood.seen
    told = f"{seen['mails']:,} mails, {seen['crashes']:,} crashes after the server's yes"
    tried = f"{seen['examples']:,} seasons of three people, up to {steps} events each"
    held = {
        f"three a day at most, one of them merged, each once, every row ends {broken}": not broken,
        "all were tried": seen["examples"] >= examples,
        "crashes were among them": examples < _MANY or bool(seen["crashes"]),
    }
    return Row("R7", tried, told, held)
