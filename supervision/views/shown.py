"""What the two pages of a student's facts get, whether their supervisor reads them or the student sees them as that."""

import datetime as dt
from typing import Any, cast

from accounts.models import User
from applications.models import Application
from supervision.forms import CommentForm
from supervision.models import Supervision
from supervision.queries.application import shared_application
from supervision.queries.student import shared_student
from supervision.queries.students import year_words
from supervision.queries.talking import talk_with


def student_shown(supervision: Supervision, *, on: dt.date, preview: bool = False) -> dict[str, Any]:
    """Return what the page of a student is made of."""
    return {
        "supervision": supervision,
        "student": supervision.student,
        "year": year_words(supervision.student.phd_year(on)),
        "view": shared_student(supervision, on=on, preview=preview),
        "preview": preview,
    }


def application_shown(
    supervision: Supervision, found: Application, *, form: CommentForm | None = None, preview: bool = False
) -> dict[str, Any]:
    """Return what the page of an application is made of; what is said reads as the supervisor reads it."""
    reader = cast("User", supervision.supervisor)
    return {
        "supervision": supervision,
        "student": supervision.student,
        "application": found,
        "view": shared_application(supervision, found),
        "talk": talk_with(supervision, found, reader=reader),
        "form": form or CommentForm(),
        "preview": preview,
    }
