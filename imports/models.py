"""A student's imports: the table as it was read, the plan that was made of it, and what is remembered of choices."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import User
from applications.models.base import OfStudent
from tracker.lib.ids import LENGTH, new_public_id


class Import(models.Model):
    """One file, from its upload to the end of its undo."""

    class State(models.TextChoices):
        """How far it is."""

        MATCHING = "matching", "Columns to match"
        REVIEW = "review", "To review"
        WAITING = "waiting", "Being added"
        DONE = "done", "Added"
        UNDOING = "undoing", "Being taken back"
        UNDONE = "undone", "Taken back"

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    file_name = models.CharField(max_length=120)
    format = models.CharField(max_length=20)
    sheet = models.CharField(max_length=80, blank=True)  # which one was read, if the workbook has several
    state = models.CharField(max_length=10, choices=State, default=State.MATCHING)
    # What is known of each column: its name, samples, the different words in it if they are few, how days are written.
    columns = models.JSONField(default=list)
    # The field of each column, in their order, and what was answered about days and stages (word -> entry).
    fields = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    day_first = models.BooleanField(null=True, blank=True)
    words = models.JSONField(default=dict, blank=True)
    # What the plan was made from (`queries.known.fingerprint`): if that has changed, the plan is made again.
    seen = models.CharField(max_length=120, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    # Companies that it made, which an undo takes away again.
    companies_made = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # What columns of an added application held that its row does not tell.
    base = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OfStudent["Import"]] = OfStudent["Import"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Read by student, and, of those at work, by state."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "undone"]) | Q(ended_at__isnull=False), name="import_ended_at"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["student", "-made_at"], name="import_of_student"),  # the first page
            models.Index(fields=["state"], condition=Q(state__in=["waiting", "undoing"]), name="import_at_work"),
        ]

    def __str__(self) -> str:
        """Show it by its id: what a file is called may be private."""
        return f"Import {self.public_id}"

    @property
    def heads(self) -> list[str]:
        """The names of the columns."""
        return [column["name"] for column in self.columns]


class OfImport[M: models.Model](models.QuerySet[M]):
    """Rows that belong to an import."""

    def visible_to(self, user: User) -> Self:
        """Keep those of the person's own imports."""
        return self.filter(file__student=user)


class Part(models.Model):
    """Some thousand rows of a table as they were read: compressed JSON of [number, cells]."""

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveIntegerField()
    rows = models.BinaryField()

    objects: ClassVar[OfImport["Part"]] = OfImport["Part"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Read in their order."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="import_part_once")]

    def __str__(self) -> str:
        """Show the number."""
        return f"Part {self.number}"


class ImportRow(models.Model):
    """What will become of one row: the plan, which is what runs."""

    class Verdict(models.TextChoices):
        """Whether it can be added."""

        READY = "ready", "Ready"
        WRONG = "wrong", "Needs a look"
        SAME = "same", "Looks like one you have"

    class Choice(models.TextChoices):
        """What to do with one that looks like another."""

        MINE = "mine", "Keep mine"
        FILE = "file", "Use the file"
        BOTH = "both", "Add both"

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=5, choices=Verdict)
    choice = models.CharField(max_length=4, choices=Choice, default=Choice.MINE)
    # Kept of rows that are not ready: as in the file, or as they were corrected (column -> text).
    cells = ArrayField(models.TextField(), null=True, blank=True)
    fixed = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    # The application that it becomes: its id in addresses, its columns, its history.
    public_id = models.CharField(max_length=LENGTH, default=new_public_id, editable=False)
    facts = models.JSONField(default=dict)
    events = models.JSONField(default=list)
    company = models.CharField(max_length=160, blank=True)
    company_id_found = models.BigIntegerField(null=True, blank=True)
    company_key = models.CharField(max_length=160, blank=True)
    posting_id_found = models.BigIntegerField(null=True, blank=True)
    # Whether the row says where it stands: only then an application that is there is moved.
    tells_stage = models.BooleanField(default=False)
    # By which it is compared, and what it looks like: an application of the student's, or another row.
    url_key = models.CharField(max_length=500, blank=True)
    name_key = models.TextField(blank=True)
    twin = models.BigIntegerField(null=True, blank=True)
    twin_row = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[OfImport["ImportRow"]] = OfImport["ImportRow"].as_manager()  # type: ignore[assignment]

    class Meta:
        """Few are not ready; all are read in their order."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["file", "number"], name="import_row_once")]
        indexes: ClassVar = [
            models.Index(fields=["file", "verdict", "number"], condition=~Q(verdict="ready"), name="import_row_open"),
        ]

    def __str__(self) -> str:
        """Show the number."""
        return f"Row {self.number}"


class Change(models.Model):
    """What "use the file" did to some applications, so that an undo puts it back (`applications.taking_back`)."""

    file = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="changes")
    applications = ArrayField(models.BigIntegerField())
    changes = models.JSONField()

    objects: ClassVar[OfImport["Change"]] = OfImport["Change"].as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        """Show how many."""
        return f"Change of {len(self.applications)}"


class Habit(models.Model):
    """What a student chose for a header, or for a word for a stage: the next file is matched so."""

    class Kind(models.TextChoices):
        """What was said."""

        COLUMN = "column", "Column"
        WORD = "word", "Word"

    student = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind)
    said = models.CharField(max_length=80)
    meant = models.CharField(max_length=30, blank=True)

    objects: ClassVar[OfStudent["Habit"]] = OfStudent["Habit"].as_manager()  # type: ignore[assignment]

    class Meta:
        """The last choice counts."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["student", "kind", "said"], name="import_habit_once")]

    def __str__(self) -> str:
        """Show what it is about; what was said may be private."""
        return str(self.get_kind_display())
