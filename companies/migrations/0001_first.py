import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import companies.models.feeds
import tracker.lib.fields
import tracker.lib.ids


class Migration(migrations.Migration):
    replaces = [
        ("companies", "0001_initial"),
        ("companies", "0002_following"),
        ("companies", "0003_why_research"),
        ("companies", "0004_merging"),
        ("companies", "0005_proposals"),
        ("companies", "0006_propose_what_was_added"),
        ("companies", "0007_feeds"),
        ("companies", "0008_merged_parts"),
        ("companies", "0009_papers_and_links"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Company",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("source_note", models.CharField(blank=True, max_length=500)),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("public_id", models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12)),
                ("name", models.CharField(max_length=160)),
                ("slug", models.SlugField(db_index=False, max_length=80)),
                ("match_key", models.CharField(db_collation="C", editable=False, max_length=160)),
                ("kind", models.CharField(blank=True, max_length=40)),
                ("website", tracker.lib.fields.WebURLField(blank=True, max_length=2000)),
                (
                    "careers_url",
                    tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="careers page"),
                ),
                ("city", models.CharField(blank=True, max_length=80)),
                ("country", models.CharField(blank=True, max_length=60)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list
                    ),
                ),
                ("notes", models.TextField(blank=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector("search_text", config="english"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.company",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "companies",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="company_search"),
                    models.Index(fields=["match_key", "id"], name="company_by_key"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("public_id",), name="company_public_id"),
                    models.UniqueConstraint(fields=("slug",), name="company_slug"),
                    models.CheckConstraint(
                        condition=models.Q(("match_key", ""), _negated=True), name="company_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True), ("approved_at__isnull", True), _connector="OR"
                        ),
                        name="company_merged_is_not_shown",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at__isnull", False)),
                        fields=("match_key",),
                        name="company_once",
                        violation_error_message="This company is in the list already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("approved_at__isnull", True)),
                        fields=("proposed_by", "match_key"),
                        name="company_proposed_once",
                        violation_error_message="You added this company already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("match_key", models.CharField(db_collation="C", editable=False, max_length=160, unique=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="companies.company"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "aliases",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("match_key", ""), _negated=True), name="alias_has_a_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("source_note", models.CharField(blank=True, max_length=500)),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("expected", "Expected"), ("confirmed", "Confirmed"), ("closed", "Closed")],
                        default="expected",
                        max_length=10,
                    ),
                ),
                ("opens_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("closes_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                (
                    "zone",
                    models.CharField(
                        default="Etc/GMT+12", max_length=64, validators=[tracker.lib.fields.validate_zone]
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CycleMove",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "state_before",
                    models.CharField(
                        choices=[("expected", "Expected"), ("confirmed", "Confirmed"), ("closed", "Closed")],
                        max_length=10,
                    ),
                ),
                ("opens_on_before", models.DateField(null=True)),
                ("closes_on_before", models.DateField(null=True)),
                ("zone_before", models.CharField(max_length=64)),
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
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="companies.cycle"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="cycle_moved_at")],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "name",
                    models.CharField(
                        error_messages={"unique": "There is a feed of that name already."}, max_length=120, unique=True
                    ),
                ),
                ("format", models.CharField(choices=companies.models.feeds.format_choices, max_length=20)),
                (
                    "url",
                    tracker.lib.fields.WebURLField(
                        blank=True,
                        help_text="Leave it empty for a feed that is uploaded.",
                        max_length=2000,
                        verbose_name="address",
                    ),
                ),
                ("research_only", models.BooleanField(default=True, verbose_name="only research and PhD roles")),
                ("is_on", models.BooleanField(default=False, verbose_name="read it by itself")),
                ("every_hours", models.PositiveSmallIntegerField(default=24, verbose_name="every so many hours")),
                ("made_at", models.DateTimeField()),
                ("etag", models.CharField(blank=True, max_length=200)),
                ("last_modified", models.CharField(blank=True, max_length=100)),
                ("upload", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("ran_at", models.DateTimeField(blank=True, null=True)),
                ("ok_at", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("read", models.PositiveIntegerField(default=0)),
                ("created", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("gone", models.PositiveIntegerField(default=0)),
                ("wrong", models.PositiveIntegerField(default=0)),
                ("wrong_rows", models.JSONField(blank=True, default=list)),
                (
                    "company",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="companies.company",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="feed_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_on", False), models.Q(("url", ""), _negated=True), _connector="OR"),
                        name="feed_on_has_address",
                        violation_error_message="Enter the address, or leave it to uploads.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_hours__range", (1, 720))),
                        name="feed_every_hours",
                        violation_error_message="Enter from 1 to 720 hours.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("at", models.DateTimeField()),
                ("moved", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                    "keeper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "taken",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-at", "-id"], name="merge_log")],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("source_note", models.CharField(blank=True, max_length=500)),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("title", models.CharField(max_length=300)),
                (
                    "authors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), help_text="In the paper's order."
                    ),
                ),
                ("venue", models.CharField(blank=True, max_length=160)),
                ("year", models.PositiveSmallIntegerField()),
                ("url", tracker.lib.fields.WebURLField(max_length=2000, verbose_name="link")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="companies.company"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("subject", models.CharField(max_length=10)),
                ("keeper_key", models.BigIntegerField()),
                ("title", models.CharField(max_length=300)),
                ("address", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("taken", models.JSONField(default=list)),
                ("moved", models.JSONField(default=dict)),
                ("before", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
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
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="part_merge_log"),
                    models.Index(fields=["subject", "address"], name="part_merge_address"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("source_note", models.CharField(blank=True, max_length=500)),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("name", models.CharField(max_length=200)),
                ("slug", models.SlugField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internship", "Internship"),
                            ("scheme", "Enrichment scheme"),
                            ("visit", "Research visit"),
                            ("fellowship", "Fellowship"),
                        ],
                        default="internship",
                        max_length=12,
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not stated"), ("full", "Full time"), ("part", "Part time")],
                        default="",
                        max_length=4,
                    ),
                ),
                (
                    "min_weeks",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="shortest, in weeks"),
                ),
                (
                    "max_weeks",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="longest, in weeks"),
                ),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list
                    ),
                ),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="page")),
                ("notes", models.TextField(blank=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="programmes", to="companies.company"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("company", "slug"), name="programme_slug"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("min_weeks__isnull", True),
                            ("max_weeks__isnull", True),
                            ("min_weeks__lte", models.F("max_weeks")),
                            _connector="OR",
                        ),
                        name="programme_weeks_in_order",
                        violation_error_message="The shortest length is longer than the longest.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("source_note", models.CharField(blank=True, max_length=500)),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("public_id", models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("internship", "Internship"),
                            ("scheme", "Enrichment scheme"),
                            ("visit", "Research visit"),
                            ("fellowship", "Fellowship"),
                        ],
                        default="internship",
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="link")),
                ("url_key", models.CharField(db_collation="C", editable=False, max_length=500)),
                ("origin", models.CharField(default="curator", editable=False, max_length=20)),
                ("origin_id", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "places",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), blank=True, default=list
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list
                    ),
                ),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not stated"), ("full", "Full time"), ("part", "Part time")],
                        default="",
                        max_length=4,
                    ),
                ),
                (
                    "min_weeks",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="shortest, in weeks"),
                ),
                (
                    "max_weeks",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="longest, in weeks"),
                ),
                ("starts_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="starts from")),
                (
                    "sponsorship",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not stated"),
                            ("offered", "Sponsors visas"),
                            ("none", "Does not sponsor visas"),
                            ("citizens", "US citizens only"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("is_research", models.BooleanField(default=False, verbose_name="research or PhD role")),
                ("research_why", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "is_research_set",
                    models.BooleanField(default=False, editable=False, verbose_name="said by a curator"),
                ),
                ("is_open", models.BooleanField(default=True, verbose_name="open")),
                ("is_visible", models.BooleanField(default=True, verbose_name="shown")),
                ("posted_at", models.DateTimeField(blank=True, null=True)),
                ("origin_updated_at", models.DateTimeField(blank=True, null=True)),
                ("closes_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                (
                    "zone",
                    models.CharField(
                        default="Etc/GMT+12", max_length=64, validators=[tracker.lib.fields.validate_zone]
                    ),
                ),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector("search_text", config="english"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                ("gone_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                ("link_asked_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                ("link_dead_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "listed_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce("posted_at", "created_at"),
                        output_field=models.DateTimeField(),
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="postings", to="companies.company"
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="postings",
                        to="companies.feed",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="postings",
                        to="companies.programme",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="followings", to="companies.programme"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "programme"), name="following_once")],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="programme",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cycles", to="companies.programme"
            ),
        ),
        migrations.CreateModel(
            name="Season",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("slug", models.SlugField(max_length=40, unique=True)),
                ("opens_on", tracker.lib.fields.SensibleDateField()),
                ("closes_on", tracker.lib.fields.SensibleDateField()),
                (
                    "starts_on",
                    tracker.lib.fields.SensibleDateField(
                        help_text="The first day of the season itself, e.g. 1 June.", verbose_name="usual start"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("opens_on__lt", models.F("closes_on"))),
                        name="season_days_in_order",
                        violation_error_message="The window closes before it opens.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="cycle",
            name="season",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="companies.season"
            ),
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("source_note", models.CharField(blank=True, max_length=500)),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("name", models.CharField(max_length=160)),
                ("slug", models.SlugField(max_length=80)),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), blank=True, default=list
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=160)),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="page")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="teams", to="companies.company"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("company", "slug"), name="team_slug")],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("company", "company"),
                            ("team", "team"),
                            ("programme", "programme"),
                            ("posting", "posting"),
                            ("paper", "paper"),
                        ],
                        max_length=10,
                    ),
                ),
                ("is_new", models.BooleanField(default=False)),
                ("is_report", models.BooleanField(default=False)),
                ("values", models.JSONField(default=dict)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("proposed_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for a curator"),
                            ("asked", "Needs a change"),
                            ("approved", "Added"),
                            ("declined", "Not added"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=500)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("double", "It is in the list already"),
                            ("unfit", "It has no place for PhD students"),
                            ("unproven", "No source says so"),
                            ("still_true", "What the list says is still true"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="companies.company"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.paper",
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.posting",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.programme",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.team",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["proposed_at", "id"], name="proposal_queue"
                    ),
                    models.Index(
                        condition=models.Q(("decided_at__isnull", False)),
                        fields=["decided_at"],
                        name="proposal_results",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_report", True), ("state", "waiting")),
                        fields=("posting", "proposed_by"),
                        name="proposal_report_once",
                        violation_error_message="You reported this posting already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["asked", "approved", "declined"]), _negated=True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="proposal_decided_at",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="posting",
            name="team",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="postings",
                to="companies.team",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="papers",
                to="companies.team",
            ),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.UniqueConstraint(fields=("programme", "season"), name="cycle_once"),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opens_on__isnull", True),
                    ("closes_on__isnull", True),
                    ("opens_on__lte", models.F("closes_on")),
                    _connector="OR",
                ),
                name="cycle_days_in_order",
                violation_error_message="The window closes before it opens.",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="posting_search"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                condition=models.Q(("is_visible", True)), fields=["-listed_at", "-id"], name="posting_newest"
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                condition=models.Q(("is_open", True), ("is_visible", True)),
                fields=["-listed_at", "-id"],
                name="posting_open",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                condition=models.Q(("is_visible", True), models.Q(("kind", "internship"), _negated=True)),
                fields=["kind", "-listed_at", "-id"],
                name="posting_other_kinds",
            ),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(condition=models.Q(("team__isnull", False)), fields=["team"], name="posting_of_team"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(condition=models.Q(("feed__isnull", False)), fields=["feed"], name="posting_of_feed"),
        ),
        migrations.AddIndex(
            model_name="posting",
            index=models.Index(
                condition=models.Q(("programme__isnull", False)), fields=["programme"], name="posting_of_programme"
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(fields=("public_id",), name="posting_public_id"),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                fields=("url_key",), name="posting_once", violation_error_message="This link is in the list already."
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin_id", ""), _negated=True),
                fields=("origin", "origin_id"),
                name="posting_origin_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("min_weeks__isnull", True),
                    ("max_weeks__isnull", True),
                    ("min_weeks__lte", models.F("max_weeks")),
                    _connector="OR",
                ),
                name="posting_weeks_in_order",
                violation_error_message="The shortest length is longer than the longest.",
            ),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__range", (1900, 2100))),
                name="paper_year",
                violation_error_message="Enter the year with four digits.",
            ),
        ),
    ]
