import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import tracker.lib.fields
import tracker.lib.ids


class Migration(migrations.Migration):
    replaces = [("outreach", "0001_initial"), ("outreach", "0002_conferences_and_letters")]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("applications", "0001_first"),
        ("companies", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("title", models.CharField(max_length=500)),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=320), default=list
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=300)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("doi", models.CharField(blank=True, max_length=220)),
                ("arxiv", models.CharField(blank=True, max_length=40)),
                ("url", models.URLField(blank=True, max_length=2000)),
                ("key", models.CharField(editable=False, max_length=500)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("student", "key"), name="paper_once_per_student"),
                    models.CheckConstraint(condition=models.Q(("title__gt", "")), name="paper_has_a_title"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=160)),
                ("key", models.CharField(editable=False, max_length=320)),
                ("work", models.CharField(blank=True, max_length=160, verbose_name="where they work")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address at work")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="their page")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("paper", "A paper"),
                            ("event", "Conference or workshop"),
                            ("alumni", "Alumni"),
                            ("network", "Supervisor's network"),
                            ("linkedin", "LinkedIn"),
                            ("friend", "A friend"),
                            ("other", "Another way"),
                        ],
                        max_length=8,
                        verbose_name="how you know of them",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="where you have this from")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="why them")),
                ("country", models.CharField(blank=True, max_length=2)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("to_write", "To write"),
                            ("written", "Written"),
                            ("replied", "Replied"),
                            ("talking", "Talking"),
                            ("referred", "Referred"),
                            ("no_answer", "No answer"),
                        ],
                        default="to_write",
                        max_length=9,
                    ),
                ),
                ("last_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="last contact")),
                ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                ("next_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="on")),
                ("follow_up_on", models.DateField(editable=False, null=True)),
                ("created_at", models.DateTimeField()),
                ("applications", models.ManyToManyField(related_name="+", to="applications.application")),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="companies.company",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="companies.team",
                    ),
                ),
                ("papers", models.ManyToManyField(related_name="contacts", to="outreach.paper")),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("student"),
                        django.db.models.functions.text.Lower("name"),
                        models.F("id"),
                        name="contact_by_name",
                    ),
                    models.Index(fields=["student", "standing", "last_on", "id"], name="contact_by_standing"),
                    models.Index(
                        models.F("follow_up_on"),
                        condition=models.Q(("follow_up_on__isnull", False)),
                        name="contact_follow_up",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name__gt", "")), name="contact_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how__in", ["paper", "event", "alumni", "network", "linkedin", "friend", "other"])
                        ),
                        name="contact_has_a_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("standing__in", ["to_write", "written", "replied", "talking", "referred", "no_answer"])
                        ),
                        name="contact_standing_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("subject", models.CharField(max_length=200)),
                ("text", models.TextField(max_length=4000)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("student", "kind"), name="wording_once")],
            },
        ),
        migrations.CreateModel(
            name="Conference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=160)),
                ("place", models.CharField(blank=True, max_length=160)),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="web page")),
                ("begins_on", tracker.lib.fields.SensibleDateField(verbose_name="first day")),
                ("ends_on", tracker.lib.fields.SensibleDateField(verbose_name="last day")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField()),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("people", models.ManyToManyField(related_name="conferences", to="outreach.contact")),
            ],
            options={
                "indexes": [models.Index(fields=["student", "begins_on", "id"], name="conference_by_day")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name__gt", "")), name="conference_has_a_name"),
                    models.CheckConstraint(
                        condition=models.Q(("begins_on__lte", models.F("ends_on"))), name="conference_days_in_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sent", "I wrote"),
                            ("follow_up", "I followed up"),
                            ("answered", "They answered"),
                            ("talked", "We talked"),
                        ],
                        max_length=9,
                    ),
                ),
                ("on", tracker.lib.fields.SensibleDateField(verbose_name="day")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="what was said")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="outreach.contact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["sent", "follow_up", "answered", "talked"])),
                        name="message_kind_known",
                    )
                ],
            },
        ),
    ]
