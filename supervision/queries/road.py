"""The one road to what students share: through it goes every page, mail and number that a supervisor gets.

Each statement asks again whether the sharing stands, so that what ends between two of them shows in the second.
"""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from applications.models import Application, ApplicationQuerySet
from supervision.level import SCOPES
from supervision.models import SharingException, Supervision, SupervisionQuerySet

COUNTS, APPLICATIONS, ROUNDS = (
    [scope.value for scope in SCOPES.values() if getattr(scope, opens)]
    for opens in ("counts", "applications", "rounds")
)
"""The levels that open numbers, applications one by one, and rounds."""


STANDS = """a.student_id IN (
    SELECT s.student_id FROM supervision_supervision s WHERE s.id = ANY(%(supervisions)s::bigint[])
    AND s.ended_at IS NULL AND s.supervisor_id IS NOT NULL AND s.level = ANY(%({levels})s))"""
HIDDEN = """EXISTS (SELECT FROM supervision_sharingexception e WHERE e.application_id = a.id
    AND e.is_hidden AND e.supervision_id = ANY(%(supervisions)s::bigint[]))"""
"""The same road as SQL, for numbers of many students: of applications `a`; `levels` is the name of a parameter."""


def counted(supervisions: Collection[Supervision], levels: Collection[str] = COUNTS) -> ApplicationQuerySet:
    """Return the applications that count for supervisors of these levels: their students', without hidden ones.

    The supervisions are one supervisor's, or one alone: of a student there is one road each.
    """
    students = [one.student_id for one in supervisions]
    road = _standing(supervisions, levels).filter(student=OuterRef("student"))
    return Application.objects.filter(Exists(road), student__in=students).exclude(_hidden("pk", supervisions))


def shared(supervision: Supervision) -> ApplicationQuerySet:
    """Return the applications that the level opens one by one."""
    return counted([supervision], APPLICATIONS)


def _standing(supervisions: Collection[Supervision], levels: Collection[str]) -> SupervisionQuerySet:
    keys = [one.pk for one in supervisions]
    return Supervision.objects.live().accepted().filter(pk__in=keys, level__in=levels)


def _hidden(key: str, supervisions: Collection[Supervision]) -> Exists:
    kept = SharingException.objects.filter(supervision__in=[one.pk for one in supervisions], is_hidden=True)
    return Exists(kept.filter(application=OuterRef(key)))
