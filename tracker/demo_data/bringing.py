"""What Ada keeps elsewhere: a spreadsheet she is half through with importing, and one whose columns are not matched."""

from applications.models import Application
from applications.sheets import csv_lines
from imports.actions import begin_import, match_columns
from tracker.demo_data.times import Days

_HEAD = ("Firm", "Position", "Status", "Applied on", "Link", "Salary", "Notes")
_FIELDS = ("company", "role", "stage", "applied_on", "url", "line", "notes")
_WORDS = {"Sent": "applied", "OA": "interviewing", "Saved": "interested"}


def bring(days: Days) -> None:
    """Leave two imports lying, as one does."""
    ada, at = days.student, days.at
    known = Application.objects.visible_to(ada).select_related("company").order_by("pk")[:2]
    sent = days.day(-12).isoformat()
    rows = [
        *([one.company.name, one.role, "Sent", sent, "", "", "Also in the group's list"] for one in known),
        ["Northlight Labs", "Visiting researcher, maps", "Saved", "", "https://northlight.example/jobs/41", "", ""],
        ["Ostrava Vision", "Summer researcher", "OA", sent, "", "3,100 a month", "Two questions on graphs"],
        ["Halden Robotics", "Research intern, grasping", "Sent", "soon", "halden", "", ""],
        ["", "Research intern, tides", "Sent", sent, "", "", "Company to look up"],
    ]
    listed = begin_import(student=ada, name="lab-list.csv", content=_table(rows), at=at)
    match_columns(file=listed, fields=_FIELDS, words=_WORDS, day_first=None, by=ada, at=at)
    others = [
        ["Ostrava Vision", "Summer researcher", "Sent", "03/11/2025", "", "", "Last year"],
        ["Marram", "Intern, speech", "On ice", "05/11/2025", "", "", ""],
    ]
    begin_import(student=ada, name="applications-last-year.csv", content=_table(others), at=at)


def _table(rows: list[list[str]]) -> bytes:
    return "".join(csv_lines(_HEAD, rows)).encode()
