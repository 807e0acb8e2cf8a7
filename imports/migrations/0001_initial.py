import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracker.lib.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("format", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("matching", "Columns to match"),
                            ("review", "To review"),
                            ("waiting", "Being added"),
                            ("done", "Added"),
                            ("undoing", "Being taken back"),
                            ("undone", "Taken back"),
                        ],
                        default="matching",
                        max_length=10,
                    ),
                ),
                ("columns", models.JSONField(default=list)),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list
                    ),
                ),
                ("day_first", models.BooleanField(blank=True, null=True)),
                ("words", models.JSONField(blank=True, default=dict)),
                ("seen", models.CharField(blank=True, max_length=120)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("added", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                (
                    "companies_made",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list
                    ),
                ),
                ("base", models.JSONField(blank=True, default=dict)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["student", "-made_at"], name="import_of_student"),
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "undoing"])),
                        fields=["state"],
                        name="import_at_work",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "undone"]), _negated=True),
                            ("ended_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_ended_at",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("applications", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField())),
                ("changes", models.JSONField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="imports.import"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("ready", "Ready"), ("wrong", "Needs a look"), ("same", "Looks like one you have")],
                        max_length=5,
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("mine", "Keep mine"), ("file", "Use the file"), ("both", "Add both")],
                        default="mine",
                        max_length=4,
                    ),
                ),
                (
                    "cells",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), blank=True, null=True),
                ),
                ("fixed", models.JSONField(blank=True, default=dict)),
                ("problems", models.JSONField(blank=True, default=list)),
                ("public_id", models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12)),
                ("facts", models.JSONField(default=dict)),
                ("events", models.JSONField(default=list)),
                ("company", models.CharField(blank=True, max_length=160)),
                ("company_id_found", models.BigIntegerField(blank=True, null=True)),
                ("company_key", models.CharField(blank=True, max_length=160)),
                ("posting_id_found", models.BigIntegerField(blank=True, null=True)),
                ("tells_stage", models.BooleanField(default=False)),
                ("url_key", models.CharField(blank=True, max_length=500)),
                ("name_key", models.TextField(blank=True)),
                ("twin", models.BigIntegerField(blank=True, null=True)),
                ("twin_row", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="imports.import",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("verdict", "ready"), _negated=True),
                        fields=["file", "verdict", "number"],
                        name="import_row_open",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("file", "number"), name="import_row_once")],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("rows", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="imports.import",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("file", "number"), name="import_part_once")],
            },
        ),
        migrations.CreateModel(
            name="Habit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("column", "Column"), ("word", "Word")], max_length=6)),
                ("said", models.CharField(max_length=80)),
                ("meant", models.CharField(blank=True, max_length=30)),
                (
                    "student",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("student", "kind", "said"), name="import_habit_once")],
            },
        ),
    ]
