"""What comes before and after one application in a list: the board, column by column, or the table."""

import datetime as dt

from accounts.models import User
from applications.models import Application
from applications.queries import board, table
from applications.queries.asked import Asked, facts
from applications.queries.sql import fetch

LISTS = {"board": board.in_order, "table": table.in_order}


def neighbours(student: User, application: Application, *, of: str, asked: Asked, on: dt.date) -> tuple[str, str]:
    """Return the public ids beside it, empty at an end and for one that is not in the list: one query."""
    source, order = LISTS[of](asked)
    statement = f"""
        SELECT coalesce(before, ''), coalesce(after, '') FROM (
            SELECT a.id, lag(a.public_id) OVER list AS before, lead(a.public_id) OVER list AS after
            {source} WINDOW list AS (ORDER BY {order})
        ) a WHERE id = %(one)s
    """  # noqa: S608 - constants; whatever is asked for is a parameter
    found = fetch(statement, facts(student, asked, on) | board.order_facts() | {"one": application.pk})
    return (str(found[0][0]), str(found[0][1])) if found else ("", "")
