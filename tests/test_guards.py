"""Each guard of supervision switched off alone turns the matrix red: none of them is there for nothing, or untested."""

import pytest
from django.db.models import Exists

from applications.models import ApplicationQuerySet
from supervision import admin
from supervision.level import Level
from supervision.models import (
    CommentQuerySet,
    DepartmentQuerySet,
    MilestoneQuerySet,
    RequestQuerySet,
    SharingException,
    Supervision,
    SupervisionQuerySet,
)
from supervision.queries import application, road
from supervision.views import roles
from tests.authz import MORE, URLS, deviations

pytestmark = pytest.mark.django_db


def everything(rows, *_, **__):
    return rows.all()


def always(*_, **__):
    return True


# What it is and where it shows first -> what to open.
GUARDS = {
    ("whose application it is", "applications/<slug:public_id>/"): [(ApplicationQuerySet, "visible_to", everything)],
    ("whose request it is", "requests/<slug:public_id>/"): [(RequestQuerySet, "visible_to", everything)],
    ("who may read a comment", "comments/"): [(CommentQuerySet, "visible_to", everything)],
    ("whose milestone it is", "supervision/milestones/"): [(MilestoneQuerySet, "visible_to", everything)],
    ("who coordinates", "departments/"): [(DepartmentQuerySet, "visible_to", everything)],
    ("that sharing ended", "comments/"): [(SupervisionQuerySet, "live", everything)],
    ("that nothing is shared", "supervision/<slug:student>/"): [
        (SupervisionQuerySet, "shared_with", lambda rows, user: rows.live().filter(supervisor=user))
    ],
    ("with whom it is shared", "supervision/<slug:student>/"): [
        (SupervisionQuerySet, "shared_with", lambda rows, _: rows.live().filter(level=Level.DETAILS))
    ],
    ("the level", "supervision/<slug:student>/applications/"): [
        (road, "_standing", lambda rows, _: Supervision.objects.live().filter(pk__in=[one.pk for one in rows]))
    ],
    ("what is hidden", "supervision/<slug:student>/applications/"): [
        (road, "_hidden", lambda *_: Exists(SharingException.objects.filter(pk=-1)))
    ],
    ("the secret of a request", "requests/answer/"): [
        (RequestQuerySet, "open_to", lambda rows, *_: rows.waiting()[:1])
    ],
    ("the secret of an invitation", "supervision/invitations/"): [
        (SupervisionQuerySet, "open_to", lambda rows, *_: rows.pending()[:1])
    ],
    ("who supervises", "supervision/requests/"): [(roles, "may_supervise", always)],
    ("who shares", "sharing/"): [(roles, "may_share", always)],
    ("which entries are shared", "supervision/<slug:student>/applications/<slug:public_id>/"): [
        (application, "IS_SHARED", "TRUE")
    ],
    ("that departments are the staff's", "manage/supervision/"): [(admin, "_is_staff", always)],
}
OURS = ("supervision/", "sharing/", "requests/", "comments/", "departments/", "manage/supervision/", "applications/<")
ROWS = [*((row["url"], row) for row in MORE), *((url, row) for url, row in URLS.items() if url.startswith(OURS))]


def reddest(world, first):
    """Return the first deviation from the matrix, this address before others; a page that fails outright is one."""
    for url, row in sorted(ROWS, key=lambda one: not one[0].startswith(first)):
        try:
            if found := next(deviations(world, url, row), ""):
                return f"{url}: {found}"
        except Exception as error:  # noqa: BLE001 - whatever it is, the matrix is red
            return f"{url}: {type(error).__name__}"
    return ""


@pytest.mark.parametrize(("name", "first"), GUARDS)
def test_without_it_the_matrix_is_red(world, monkeypatch, name, first):
    for owner, attribute, open_door in GUARDS[name, first]:
        assert hasattr(owner, attribute)
        monkeypatch.setattr(owner, attribute, open_door)
    assert reddest(world, first) != "", "and with all of them it is green, says test_authz.py"
