"""The lists written in SQL begin from MINE; it and `visible_to` must stay the same rows (decision 0010)."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import MINE, Application
from applications.queries.sql import fetch
from tests.factories import ApplicationFactory


@pytest.fixture
def applications(ada, mallory, season, clock):
    return [
        ApplicationFactory(student=student, stage=stage, outcome="withdrew" if stage == "closed" else "")
        for student in (ada, mallory)
        for stage in ("interested", "applied", "interviewing", "closed")
    ]


def test_mine_gives_the_rows_of_visible_to(applications, ada, mallory, grace, sam, cora, admin):
    for person in (ada, mallory, grace, sam, cora, admin):
        in_sql = fetch(f"SELECT a.id FROM applications_application a WHERE {MINE} ORDER BY a.id", {"me": person.pk})
        visible = Application.objects.visible_to(person).order_by("pk").values_list("pk")
        assert in_sql == list(visible)


@pytest.mark.parametrize("path", ["/today/", "/applications/", "/applications/board/", "/window/"])
def test_each_statement_of_a_list_asks_for_ones_own_rows(applications, ada, client_of, path):
    own = re.compile(rf'\bstudent_id"? = {ada.pk}\b')
    with CaptureQueriesContext(connection) as asked:
        assert client_of(ada).get(path).status_code == 200
    statements = [query["sql"] for query in asked if "FROM applications_application" in query["sql"]]
    statements += [query["sql"] for query in asked if 'FROM "applications_application"' in query["sql"]]
    assert statements
    assert [statement for statement in statements if not own.search(statement)] == []
