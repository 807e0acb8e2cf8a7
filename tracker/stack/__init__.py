"""PostgreSQL, Valkey and the product's own processes on one machine: for `make demo`, for manage.py and for the tests.

Production does not come here: with DATABASE_URL and REDIS_URL set, those servers are used.
"""

from tracker.stack.postgres import Postgres
from tracker.stack.programs import StackError
from tracker.stack.valkey import Valkey

__all__ = ["Postgres", "StackError", "Valkey"]
