import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import supervision.level
import tracker.lib.fields
import tracker.lib.ids


class Migration(migrations.Migration):
    replaces = [
        ("supervision", "0001_initial"),
        ("supervision", "0002_exceptions_and_looks"),
        ("supervision", "0003_asking_and_counting"),
        ("supervision", "0004_introductions_name_somebody"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("applications", "0001_first"),
        ("companies", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="CohortFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said", models.JSONField()),
                ("basis", models.JSONField(default=dict)),
                ("published_on", models.DateField()),
                (
                    "company",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=160, unique=True)),
                (
                    "coordinators",
                    models.ManyToManyField(blank=True, related_name="departments", to=settings.AUTH_USER_MODEL),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="supervisor's e-mail address")),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing"),
                            ("summary", "Summary"),
                            ("stages", "Stages"),
                            ("details", "Details"),
                        ],
                        default=supervision.level.Level["NOTHING"],
                        max_length=8,
                    ),
                ),
                ("level_at", models.DateTimeField(null=True)),
                ("invited_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("mail_due_at", models.DateTimeField(null=True)),
                ("mail_tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supervisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="students_shared",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at__isnull", True)), fields=["supervisor"], name="supervision_live"
                    ),
                    models.Index(
                        condition=models.Q(("mail_due_at__isnull", False)),
                        fields=["mail_due_at"],
                        name="supervision_mail_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("student", "email"),
                        name="supervision_once_per_address",
                        violation_error_message="You invited this address already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("student", "supervisor"),
                        name="supervision_once_per_pair",
                        violation_error_message="You are this student's supervisor already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash__gt", "")),
                        fields=("token_hash",),
                        name="supervision_secret_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("supervisor__isnull", True),
                            models.Q(("supervisor", models.F("student")), _negated=True),
                            _connector="OR",
                        ),
                        name="supervision_of_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at__isnull", True),
                                ("level", supervision.level.Level["NOTHING"]),
                                ("supervisor__isnull", True),
                            ),
                            models.Q(("accepted_at__isnull", False), ("supervisor__isnull", False)),
                            _connector="OR",
                        ),
                        name="supervision_shares_after_acceptance",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["nothing", "summary", "stages", "details"])),
                        name="supervision_level_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_hidden", models.BooleanField(default=False)),
                ("shows_pay", models.BooleanField(default=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="applications.application"
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="supervision.supervision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("supervision", "application"), name="sharing_exception_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_hidden", True), ("shows_pay", False)),
                            models.Q(("is_hidden", False), ("shows_pay", True)),
                            _connector="OR",
                        ),
                        name="sharing_exception_says_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "Invited"),
                            ("accepted", "Accepted"),
                            ("level", "Level changed"),
                            ("hidden", "Application hidden"),
                            ("shown", "Application shown again"),
                            ("pay", "Pay of an offer shared"),
                            ("no_pay", "Pay of an offer not shared any more"),
                            ("ended", "Ended"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing"),
                            ("summary", "Summary"),
                            ("stages", "Stages"),
                            ("details", "Details"),
                        ],
                        max_length=8,
                    ),
                ),
                ("wording", models.CharField(default="2026-09", max_length=7)),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="supervision.supervision"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="their e-mail address")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("letter", "Reference letter"),
                            ("introduction", "Introduction"),
                            ("signature", "Signature"),
                            ("approval", "Approval"),
                            ("help", "Help"),
                        ],
                        max_length=12,
                        verbose_name="what for",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="in a line")),
                ("details", models.TextField(blank=True, max_length=4000, verbose_name="what they need to know")),
                ("facts", models.JSONField(blank=True, default=list)),
                ("due_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="needed by")),
                ("asked_at", models.DateTimeField()),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("promised", "Promised"),
                            ("done", "Done"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("promised_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="their words")),
                ("token_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("mail_due_at", models.DateTimeField(null=True)),
                ("mail_tries", models.PositiveSmallIntegerField(default=0)),
                ("mails", models.PositiveSmallIntegerField(default=0)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requests",
                        to="supervision.supervision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("standing__in", ["open", "promised"])),
                        fields=["supervision", "due_on"],
                        name="request_queue",
                    ),
                    models.Index(fields=["student", "-asked_at"], name="request_own"),
                    models.Index(
                        condition=models.Q(("mail_due_at__isnull", False)),
                        fields=["mail_due_at"],
                        name="request_mail_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("standing__in", ["open", "promised"])),
                            models.Q(
                                ("answered_at__isnull", False), ("standing__in", ["done", "declined", "withdrawn"])
                            ),
                            _connector="OR",
                        ),
                        name="request_answered_when_it_is",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("token_hash__gt", "")), fields=("token_hash",), name="request_secret_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "page",
                    models.CharField(
                        choices=[
                            ("students", "List of students"),
                            ("student", "Your page"),
                            ("application", "One application"),
                        ],
                        max_length=11,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="supervision.supervision"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["supervision", "-at"], name="look_newest")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="comment")),
                ("at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="applications.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supervision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="supervision.supervision",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["application", "at"], name="comment_in_order"),
                    models.Index(fields=["at"], name="comment_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wording", models.CharField(default="2026-11", max_length=7)),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(null=True)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counted_in",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counted",
                        to="supervision.department",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("student", "department"),
                        name="counted_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("person", models.CharField(blank=True, max_length=120, verbose_name="whom you know there")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="what you can do")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="introductions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("by", "company"),
                        name="introduction_once",
                        violation_error_message="You offer introductions there already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("title", models.CharField(max_length=120)),
                ("starts_on", tracker.lib.fields.SensibleDateField(verbose_name="first day")),
                ("ends_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="last day")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="milestones",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["by", "starts_on"], name="milestone_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("starts_on__lte", models.F("ends_on")), _connector="OR"),
                        name="milestone_days_in_order",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
    ]
