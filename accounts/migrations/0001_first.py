import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import tracker.lib.fields
import tracker.lib.ids


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_visits_and_sign_ins"),
        ("accounts", "0003_visits_begin_now"),
        ("accounts", "0004_coordinators"),
        ("accounts", "0005_archives_and_leaving"),
        ("accounts", "0006_tokens"),
        ("accounts", "0007_scope_of_webhooks"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "time_zone",
                    models.CharField(
                        default="Europe/London", max_length=64, validators=[tracker.lib.fields.validate_zone]
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        choices=[("system", "Like my device"), ("light", "Light"), ("dark", "Dark")],
                        default="system",
                        max_length=6,
                    ),
                ),
                ("shortcuts", models.BooleanField(default=True, verbose_name="single-key shortcuts")),
                (
                    "phd_started_on",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="PhD started on"),
                ),
                ("is_student", models.BooleanField(default=True, verbose_name="student")),
                ("is_supervisor", models.BooleanField(default=False, verbose_name="supervisor")),
                ("is_curator", models.BooleanField(default=False, verbose_name="curator")),
                ("is_coordinator", models.BooleanField(default=False, editable=False, verbose_name="coordinator")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False, help_text="May open the raw tables at /manage/.", verbose_name="staff"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("last_seen_on", models.DateField(blank=True, editable=False, null=True)),
                ("leaving_since", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("leaving_since__isnull", False)),
                        fields=["leaving_since"],
                        name="user_leaving",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="user_email_any_case",
                        violation_error_message="Somebody already uses this e-mail address.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Archive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("way", models.CharField(choices=[("out", "Export"), ("in", "Import")], max_length=3)),
                ("asked_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("ended_at", models.DateTimeField(null=True)),
                ("stored_as", models.CharField(blank=True, max_length=80)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("problem", models.CharField(blank=True, max_length=400)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="archives",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["asked_at"], name="archive_waiting"),
                    models.Index(fields=["person", "-asked_at"], name="archive_of_person"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("person",),
                        name="archive_one_at_a_time",
                        violation_error_message="An export or import of yours is being made already.",
                    ),
                    models.CheckConstraint(condition=models.Q(("way__in", ["out", "in"])), name="archive_way_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=100)),
                ("asked", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("body", models.JSONField(null=True)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "indexes": [models.Index(fields=["at"], name="reply_by_age")],
                "constraints": [models.UniqueConstraint(fields=("person", "key"), name="reply_once")],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("device", models.CharField(blank=True, max_length=80)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=80, verbose_name="what it is for")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                (
                    "scopes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("read", "See my applications, rounds, offers and the window"),
                                ("write", "Add and change them"),
                                ("people", "My people: see them, and change them together with the one above"),
                                ("data", "Take all my data along, or bring it in"),
                                ("webhooks", "My webhooks: see, make and delete them; they go on when the token ends"),
                            ],
                            max_length=8,
                        )
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_on", models.DateField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-made_at"], name="token_of_person")],
            },
        ),
    ]
