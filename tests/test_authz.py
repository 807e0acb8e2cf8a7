"""Who may ask what: every URL of the resolver x twelve roles x seven methods, against `authz_matrix.yml`.

Each cell is a real request inside a savepoint. Reading, and whatever is refused, writes nothing to the database; what
only Ada may read holds a mark that no answer to anybody else contains.
"""

import pytest
from django.urls import URLResolver, get_resolver

from tests.authz import GROUPS, LOGIN, MORE, ROLES, URLS, deviations, found

pytestmark = pytest.mark.django_db


def walk(resolver, prefix=""):
    """Return every pattern as it is written, includes joined."""
    found = []
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        found += walk(entry, path) if isinstance(entry, URLResolver) else [path]
    return found


def test_the_matrix_lists_every_url_and_no_other():
    assert sorted(set(walk(get_resolver()))) == sorted(URLS)


def test_the_matrix_names_twelve_roles():
    assert len(ROLES) == len(set(ROLES)) == 12
    assert {role for group in GROUPS.values() for role in group} <= set(ROLES)


@pytest.mark.parametrize("pattern", URLS)
def test_each_role_is_answered_as_the_matrix_says(world, pattern):
    assert list(deviations(world, pattern, URLS[pattern])) == []


@pytest.mark.parametrize("role", ROLES)
def test_a_company_that_a_student_added_is_theirs_and_the_curators(world, role):
    response, _ = world.ask(role, "GET", f"/companies/{world.arguments['hidden']}/")
    assert found(response) == {"owner": 200, "curator": 200, **dict.fromkeys(GROUPS["out"], LOGIN)}.get(role, 404)


@pytest.mark.parametrize("row", MORE, ids=[f"{row['why']}" for row in MORE])
def test_so_is_each_role_where_it_depends_on_more_than_the_address(world, row):
    assert list(deviations(world, row["url"], row)) == []
