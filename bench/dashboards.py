"""Measures the page of a coordinator beside its SQL alone: 500 students who are counted, 20,000 applications."""

import datetime as dt
import random
import statistics

from django.db import connection
from django.test import Client

from accounts.models import User
from applications.models import Application
from applications.stage import Stage
from bench.measure import timed
from bench.report import Bar
from companies.models import Company
from supervision.models import Counted, Department
from supervision.queries.department import SUMS

STUDENTS, APPLICATIONS, TIMES = 500, 20_000, 40
RATIO, MOST_MS = 1.5, 100.0


def dashboard_bars(at: dt.datetime) -> list[Bar]:
    """Fill a department, then read its page and its sums, one after the other."""
    kim, department = _fill(at)
    client = Client()
    client.force_login(kim)
    client.get("/departments/")
    page, alone = [], []
    for _ in range(TIMES):
        page.append(timed(lambda: client.get("/departments/"))[0] * 1_000)
        alone.append(timed(lambda: _sums(department, at.date()))[0] * 1_000)
    whole, sums = statistics.median(page), statistics.median(alone)
    promise = (
        f"a coordinator of {STUDENTS} students and {APPLICATIONS:,} applications: {RATIO:g} x its SQL alone at most"
    )
    slowest = statistics.quantiles(page, n=20)[-1]
    return [
        Bar("P5", promise, f"{whole / sums:.2f} x: {whole:.0f} ms beside {sums:.0f} ms", whole <= RATIO * sums),
        Bar("P5", f"and {MOST_MS:.0f} ms at most", f"median {whole:.0f} ms, p95 {slowest:.0f} ms", whole <= MOST_MS),
    ]


def _sums(department: Department, on: dt.date) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SUMS, {"department": department.pk, "on": on})
        found: list[tuple[object, ...]] = cursor.fetchall()
        return found


def _fill(at: dt.datetime) -> tuple[User, Department]:
    dice, stages = random.Random(7), [stage.value for stage in Stage if stage is not Stage.CLOSED]
    company = Company.objects.create(name="Counted", slug="counted", match_key="counted", approved_at=at)
    kim = User.objects.create_user("kim@bench.example", None, name="Kim", is_student=False, is_coordinator=True)
    department = Department.objects.create(name="Bench")
    department.coordinators.add(kim)
    nobody = {"password": "!"}
    User.objects.bulk_create(User(email=f"counted{n}@x.example", **nobody) for n in range(STUDENTS))
    students = list(User.objects.filter(email__startswith="counted").order_by("pk"))
    Counted.objects.bulk_create(Counted(student=one, department=department, since=at) for one in students)
    Application.objects.bulk_create(
        (
            Application(
                student=students[n % STUDENTS], company=company, role=f"R{n}", stage=dice.choice(stages),
                stage_since=at.date(), applied_on=at.date() - dt.timedelta(days=dice.randrange(380)),
            )
            for n in range(APPLICATIONS)
        ),
        batch_size=2_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return kim, department
