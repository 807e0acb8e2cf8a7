"""The data of a benchmark: 10,000 applications of 200 students, and one student with a board of 60 cards."""

import datetime as dt
import io
import json
import random
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.test import Client

from accounts.models import User
from applications.models import Application
from supervision.actions import accept, change_level, invite
from supervision.level import Level
from tracker.demo_data.listing import SEED_LIST
from tracker.seed_data.invented import company_names
from tracker.seed_data.planting import ADDRESS, measure, plant

STUDENTS = 200
APPLICATIONS = 10_000
POSTINGS = 10_000
CARDS_PER_STAGE = 12
"""Five open stages, so 60 cards; as many closed ones beside them."""
LARGE = 1_000
STUDENTS_SHARING = 10
_PLENTY = 800


@dataclass(frozen=True, slots=True)
class Readers:
    """Whose pages are measured: a student with 60 cards, one with 1,000 applications, a supervisor of ten students."""

    student: User
    large: User
    supervisor: User


def make(at: dt.datetime) -> Readers:
    """Fill the database, after the companies and seasons that come with Waymark."""
    call_command("import_companies", str(SEED_LIST), json=True, stdout=io.StringIO())
    plant(students=STUDENTS, applications=APPLICATIONS, seed=1, at=at)
    plant(students=1, applications=_PLENTY, seed=2, at=at)
    plant(students=1, applications=LARGE, seed=3, at=at)
    student, large = (User.objects.get(email=ADDRESS.format(seed=seed, number=1)) for seed in (2, 3))
    numbered = Application.objects.filter(student=student).annotate(
        number=Window(RowNumber(), partition_by=F("stage"), order_by=F("pk").asc())
    )
    Application.objects.filter(pk__in=numbered.filter(number__gt=CARDS_PER_STAGE).values("pk")).delete()
    supervisor = _supervisor(at)
    measure()
    return Readers(student, large, supervisor)


def _supervisor(at: dt.datetime) -> User:
    """Make a supervisor to whom ten students show their stages."""
    supervisor = User.objects.create_user(
        "supervisor@seed.example", name="Supervisor", is_student=False, is_supervisor=True
    )
    for number in range(1, STUDENTS_SHARING + 1):
        student = User.objects.get(email=ADDRESS.format(seed=1, number=number))
        supervision = invite(student=student, email=supervisor.email, at=at)
        accept(supervision=supervision, by=supervisor, at=at)
        change_level(supervision=supervision, level=Level.STAGES, by=student, at=at)
    return supervisor


def cookie_of(user: User) -> str:
    """Sign a person in and return the header that a browser would send."""
    client = Client()
    client.force_login(user)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def write_listings(path: Path, number: int, at: dt.datetime) -> None:
    """Write a file of postings as `import_postings --format listings` reads it."""
    dice = random.Random(1)
    names = company_names()
    now = int(at.timestamp())
    rows = [
        {
            "source": "bench",
            "company_name": dice.choice(names),
            "id": f"00000000-0000-4000-8000-{count:012d}",
            "title": f"Research Intern {count}, Graph Learning",
            "active": True,
            "date_updated": now - dice.randrange(86_400),
            "date_posted": now - dice.randrange(60 * 86_400),
            "is_visible": True,
            "url": f"https://jobs.bench.example/{count}",
            "locations": [dice.choice(("Cambridge, UK", "Zürich", "Remote", "New York, NY"))],
            "company_url": "",
            "terms": ["Summer 2027"],
            "sponsorship": "Other",
        }
        for count in range(number)
    ]
    path.write_text(json.dumps(rows))


def import_listings(path: Path) -> None:
    """Run the product's own command, as an operator would."""
    call_command("import_postings", str(path), format="listings", json=True, stdout=io.StringIO())
