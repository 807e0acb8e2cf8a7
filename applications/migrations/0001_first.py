import uuid

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import applications.stage
import tracker.lib.fields
import tracker.lib.ids


class Migration(migrations.Migration):
    replaces = [
        ("applications", "0001_initial"),
        ("applications", "0002_the_season"),
        ("applications", "0003_closeness"),
        ("applications", "0004_approvals"),
        ("applications", "0005_referrals"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("companies", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrepSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recruiter", "Recruiter chat"),
                            ("research", "Research discussion"),
                            ("talk", "Research talk"),
                            ("fundamentals", "ML fundamentals"),
                            ("coding", "Coding"),
                            ("design", "ML design"),
                            ("take_home", "Take-home"),
                            ("team_match", "Team match"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                        verbose_name="kind of round",
                    ),
                ),
                (
                    "with_whom",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recruiter", "Recruiter"),
                            ("researcher", "Researcher"),
                            ("engineer", "Engineer"),
                            ("manager", "Manager"),
                            ("panel", "Panel"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="with whom",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=300)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("is_suggested", models.BooleanField(default=True, verbose_name="part of the first plan")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("source_url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="source")),
                ("checked_on", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("role", models.CharField(blank=True, max_length=200)),
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
                    "stage",
                    models.CharField(
                        choices=[
                            ("interested", "Interested"),
                            ("preparing", "Preparing"),
                            ("applied", "Applied"),
                            ("interviewing", "Interviewing"),
                            ("offer", "Offer"),
                            ("closed", "Closed"),
                        ],
                        default=applications.stage.Stage["INTERESTED"],
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("stage_since", tracker.lib.fields.SensibleDateField(editable=False)),
                ("applied_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            (applications.stage.Outcome["ACCEPTED"], "Accepted"),
                            (applications.stage.Outcome["NOT_THIS_TIME"], "Not this time"),
                            (applications.stage.Outcome["NO_REPLY"], "No reply"),
                            (applications.stage.Outcome["WITHDREW"], "I withdrew"),
                            (applications.stage.Outcome["DECLINED"], "I declined"),
                            (applications.stage.Outcome["ROLE_CLOSED"], "Role closed"),
                        ],
                        editable=False,
                        max_length=16,
                    ),
                ),
                ("closing_reason", models.TextField(blank=True, max_length=5000, verbose_name="why, for you alone")),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="link")),
                ("place", models.CharField(blank=True, max_length=160)),
                ("closes_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="closes on")),
                (
                    "zone",
                    models.CharField(
                        default="Etc/GMT+12",
                        max_length=64,
                        validators=[tracker.lib.fields.validate_zone],
                        verbose_name="in which time zone",
                    ),
                ),
                ("next_step", models.CharField(blank=True, max_length=200, verbose_name="next step")),
                ("next_step_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="by")),
                (
                    "way_in",
                    models.CharField(
                        choices=[
                            ("none", "No referral"),
                            ("asked", "Referral asked"),
                            ("referred", "Referred"),
                            ("declined", "Declined"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="way in",
                    ),
                ),
                ("referrer", models.CharField(blank=True, max_length=160, verbose_name="referred by")),
                (
                    "on_hold",
                    models.BooleanField(default=False, verbose_name="hold: wait for the referral before applying"),
                ),
                ("hold_until", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="wait until")),
                ("referral_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not noted"),
                            ("company_site", "Company website"),
                            ("conference", "Conference or workshop"),
                            ("linkedin", "LinkedIn"),
                            ("referral", "Somebody I know"),
                            ("supervisor", "My supervisor"),
                            ("list", "Waymark's list"),
                            ("other", "Elsewhere"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="found through",
                    ),
                ),
                ("starts_from", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="start from")),
                (
                    "starts_until",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="start until"),
                ),
                ("weeks", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="length in weeks")),
                (
                    "hours",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not stated"), ("full", "Full time"), ("part", "Part time")],
                        default="",
                        max_length=4,
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=20000, verbose_name="notes, for you alone")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list
                    ),
                ),
                ("posting_text", models.TextField(blank=True, max_length=50000, verbose_name="text of the posting")),
                (
                    "closeness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Don't know yet"),
                            ("close", "Close"),
                            ("partly", "Partly"),
                            ("not", "Not close"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="the team's work",
                    ),
                ),
                (
                    "could_become",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("paper", "Paper"),
                                ("thesis", "Thesis chapter"),
                                ("patent", "Patent"),
                                ("open_source", "Open source"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("environment", "A new environment"),
                                ("connections", "Connections"),
                                ("publications", "Publications"),
                                ("skills", "Skills"),
                                ("culture", "How a company works"),
                                ("city", "A city"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("request_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="companies.company"
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="companies.posting",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="companies.season",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="applications",
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["student", "stage", "-updated_at"], name="application_of_student"),
                    models.Index(fields=["student", "company"], name="application_at_company"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("student", "request_key"), name="application_once_per_request"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["interested", "preparing", "applied", "interviewing", "offer", "closed"])
                        ),
                        name="application_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stage", applications.stage.Stage["CLOSED"]),
                                models.Q(("outcome__in", ["", applications.stage.Outcome["ACCEPTED"]]), _negated=True),
                            ),
                            models.Q(
                                ("stage", applications.stage.Stage["OFFER"]),
                                ("outcome__in", ["", applications.stage.Outcome["ACCEPTED"]]),
                            ),
                            models.Q(
                                models.Q(
                                    (
                                        "stage__in",
                                        [applications.stage.Stage["CLOSED"], applications.stage.Stage["OFFER"]],
                                    ),
                                    _negated=True,
                                ),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="application_outcome_fits_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_from__isnull", True),
                            ("starts_until__isnull", True),
                            ("starts_from__lte", models.F("starts_until")),
                            _connector="OR",
                        ),
                        name="application_start_in_order",
                        violation_error_message="The latest start is before the earliest.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "funder",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not noted"),
                            ("council", "Research council"),
                            ("university", "University scholarship"),
                            ("company", "Company or industry partner"),
                            ("foundation", "Foundation or charity"),
                            ("employed", "Employed as a researcher"),
                            ("own", "My own money"),
                            ("other", "Somebody else"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="who funds your PhD",
                    ),
                ),
                ("funder_name", models.CharField(blank=True, max_length=160, verbose_name="name of the funder")),
                ("away_from", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="away from")),
                ("away_until", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="away until")),
                (
                    "stipend",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not clear yet"),
                            ("suspended", "Suspended"),
                            ("continued", "Continued"),
                            ("reduced", "Reduced"),
                        ],
                        default="",
                        max_length=9,
                        verbose_name="your stipend meanwhile",
                    ),
                ),
                (
                    "thesis_on",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="thesis due now"),
                ),
                (
                    "thesis_moves_to",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="thesis due afterwards"),
                ),
                ("conditions", models.TextField(blank=True, max_length=2000, verbose_name="what they asked for")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided yet"),
                            ("approved", "Approved"),
                            ("conditions", "Approved with conditions"),
                            ("refused", "Not approved"),
                            ("not_needed", "No approval needed"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="decision",
                    ),
                ),
                ("decided_by", models.CharField(blank=True, max_length=200, verbose_name="who decided")),
                ("decided_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="decided on")),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approval",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("away_from__isnull", True),
                            ("away_until__isnull", True),
                            ("away_from__lt", models.F("away_until")),
                            _connector="OR",
                        ),
                        name="approval_days_in_order",
                        violation_error_message="The last day away is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__in", ("", "not_needed")),
                            models.Q(models.Q(("decided_by", ""), _negated=True), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="approval_decided_by_somebody",
                        violation_error_message="Enter who decided, and on which day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closeness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.posting"
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.programme",
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.team"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["student", "place"], name="closeness_in_order")],
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(
                                models.F("team"),
                                models.F("programme"),
                                models.F("posting"),
                                function="num_nonnulls",
                                output_field=models.IntegerField(),
                            ),
                            1,
                        ),
                        name="closeness_of_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list
                    ),
                ),
                ("thesis", models.CharField(blank=True, max_length=300, verbose_name="your thesis in one line")),
                ("abstracts", models.TextField(blank=True)),
                ("papers", models.TextField(blank=True)),
                ("research_changed_at", models.DateTimeField(blank=True, null=True)),
                ("ranked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "rules_off",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list
                    ),
                ),
                (
                    "columns",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list
                    ),
                ),
                ("weights", models.JSONField(blank=True, default=dict)),
                ("advice_off", models.BooleanField(default=False)),
                ("welcomed_at", models.DateTimeField(blank=True, null=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "student",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="desk", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
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
                            ("cv", "CV"),
                            ("statement", "Statement or cover letter"),
                            ("summary", "Research summary"),
                            ("transcript", "Transcript"),
                            ("slides", "Slides"),
                            ("paper", "Paper"),
                            ("other", "Other"),
                        ],
                        default="cv",
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "name"),
                        name="document_named_once",
                        violation_error_message="You have a document of this name. Add a version to it, or use another name.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("stored_as", models.CharField(editable=False, max_length=80, unique=True)),
                ("file_name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="what changed")),
                ("uploaded_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="applications.document"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("document", "number"), name="document_version_number")],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                            ("added", "Added"),
                            ("stage", "Stage"),
                            ("note", "Note"),
                            ("email", "Email"),
                            ("call", "Call"),
                            ("interview", "Interview"),
                            ("round", "Round"),
                            ("edit", "Edit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", tracker.lib.fields.SensibleDateField(verbose_name="day")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interested", "Interested"),
                            ("preparing", "Preparing"),
                            ("applied", "Applied"),
                            ("interviewing", "Interviewing"),
                            ("offer", "Offer"),
                            ("closed", "Closed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "came_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interested", "Interested"),
                            ("preparing", "Preparing"),
                            ("applied", "Applied"),
                            ("interviewing", "Interviewing"),
                            ("offer", "Offer"),
                            ("closed", "Closed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            (applications.stage.Outcome["ACCEPTED"], "Accepted"),
                            (applications.stage.Outcome["NOT_THIS_TIME"], "Not this time"),
                            (applications.stage.Outcome["NO_REPLY"], "No reply"),
                            (applications.stage.Outcome["WITHDREW"], "I withdrew"),
                            (applications.stage.Outcome["DECLINED"], "I declined"),
                            (applications.stage.Outcome["ROLE_CLOSED"], "Role closed"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=5000, verbose_name="what happened")),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="share with supervisors who see details"),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
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
            ],
            options={
                "indexes": [models.Index(fields=["application", "-on", "-id"], name="event_timeline")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["added", "stage"]), ("stage__gt", "")),
                            models.Q(models.Q(("kind__in", ["added", "stage"]), _negated=True), ("stage", "")),
                            _connector="OR",
                        ),
                        name="event_stage_fits_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InterviewRound",
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
                            ("recruiter", "Recruiter chat"),
                            ("research", "Research discussion"),
                            ("talk", "Research talk"),
                            ("fundamentals", "ML fundamentals"),
                            ("coding", "Coding"),
                            ("design", "ML design"),
                            ("take_home", "Take-home"),
                            ("team_match", "Team match"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "with_whom",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known yet"),
                            ("recruiter", "Recruiter"),
                            ("researcher", "Researcher"),
                            ("engineer", "Engineer"),
                            ("manager", "Manager"),
                            ("panel", "Panel"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="with whom",
                    ),
                ),
                ("people", models.CharField(blank=True, max_length=200, verbose_name="names")),
                ("on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="date")),
                ("time", models.TimeField(blank=True, null=True, verbose_name="start")),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "zone",
                    models.CharField(
                        default="Europe/London",
                        max_length=64,
                        validators=[tracker.lib.fields.validate_zone],
                        verbose_name="time zone",
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("place", models.CharField(blank=True, max_length=500, verbose_name="where (a link or an address)")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("scheduled", "Scheduled"),
                            ("done", "Done and waiting"),
                            ("passed", "Went through"),
                            ("not_this_time", "Not this time"),
                            ("moved", "Moved"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="scheduled",
                        max_length=14,
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=10000, verbose_name="notes, for you alone")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rounds",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["application"], name="round_of_application"),
                    models.Index(
                        condition=models.Q(("status", "scheduled")), fields=["starts_at"], name="round_scheduled"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("time__isnull", True), ("on__isnull", False), _connector="OR"),
                        name="round_time_has_date",
                        violation_error_message="Enter the date of this start time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("starts_at__isnull", False), ("time__isnull", False)),
                            models.Q(("starts_at__isnull", True), ("time__isnull", True)),
                            _connector="OR",
                        ),
                        name="round_instant_derived",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Debrief",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "felt",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not noted"), ("steady", "Steady"), ("mixed", "Mixed"), ("hard", "Hard")],
                        default="",
                        max_length=6,
                        verbose_name="how it felt",
                    ),
                ),
                (
                    "went_well",
                    models.TextField(blank=True, max_length=5000, verbose_name="where you showed your thinking"),
                ),
                (
                    "to_improve",
                    models.TextField(blank=True, max_length=5000, verbose_name="what you would do differently"),
                ),
                (
                    "colleagues",
                    models.TextField(blank=True, max_length=2000, verbose_name="would you want them as colleagues"),
                ),
                ("next_step", models.CharField(blank=True, max_length=300, verbose_name="the next step they named")),
                ("thanked", models.BooleanField(default=False, verbose_name="a note of thanks is sent")),
                ("written_on", tracker.lib.fields.SensibleDateField(editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="debrief",
                        to="applications.interviewround",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("answer_by", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="answer by")),
                ("project", models.CharField(blank=True, max_length=500)),
                ("mentor", models.CharField(blank=True, max_length=200)),
                (
                    "closeness",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Don't know yet"),
                            ("close", "Close"),
                            ("partly", "Partly"),
                            ("not", "Not close"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="close to your thesis",
                    ),
                ),
                (
                    "publishing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known yet"),
                            ("yes", "Encouraged"),
                            ("review", "After a review"),
                            ("no", "Not possible"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="publication policy",
                    ),
                ),
                ("ip", models.CharField(blank=True, max_length=300, verbose_name="who owns the work")),
                (
                    "could_become",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("paper", "Paper"),
                                ("thesis", "Thesis chapter"),
                                ("patent", "Patent"),
                                ("open_source", "Open source"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                    ),
                ),
                ("compute", models.CharField(blank=True, max_length=300, verbose_name="compute and data")),
                ("pay", models.DecimalField(blank=True, decimal_places=2, max_digits=10, null=True)),
                ("currency", models.CharField(blank=True, max_length=3)),
                (
                    "pay_per",
                    models.CharField(
                        choices=[
                            ("hour", "Hour"),
                            ("week", "Week"),
                            ("month", "Month"),
                            ("year", "Year"),
                            ("total", "In all"),
                        ],
                        default="month",
                        max_length=5,
                        verbose_name="per",
                    ),
                ),
                ("starts_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="ends on")),
                ("place", models.CharField(blank=True, max_length=160)),
                (
                    "visa",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not known yet"),
                            ("none", "Not needed"),
                            ("sponsor", "They sponsor it"),
                            ("own", "I arrange it"),
                        ],
                        default="",
                        max_length=8,
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
                ("advice", models.TextField(blank=True, max_length=2000, verbose_name="what your supervisor said")),
                ("speaks_for", models.TextField(blank=True, max_length=2000, verbose_name="for")),
                ("speaks_against", models.TextField(blank=True, max_length=2000, verbose_name="against")),
                ("marks", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="offer", to="applications.application"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("starts_on__lt", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="offer_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pay__isnull", True),
                            models.Q(("pay__gte", 0), models.Q(("currency", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="offer_pay_has_currency",
                        violation_error_message="Enter the currency of the pay, like GBP.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mentor", models.CharField(blank=True, max_length=200)),
                ("buddy", models.CharField(blank=True, max_length=200)),
                ("goal", models.TextField(blank=True, max_length=2000)),
                ("starts_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="first day")),
                ("ends_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="last day")),
                ("place", models.CharField(blank=True, max_length=160)),
                ("looking_back", models.TextField(blank=True, max_length=5000, verbose_name="looking back")),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="tell my supervisors where I go and when"),
                ),
                ("tells_group", models.BooleanField(default=False, verbose_name="let my group know that I was there")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placement",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("starts_on__lt", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="placement_days_in_order",
                        violation_error_message="The last day is before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Made",
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
                            ("paper", "Paper"),
                            ("code", "Open source"),
                            ("patent", "Patent"),
                            ("chapter", "Thesis chapter"),
                            ("talk", "Talk"),
                            ("other", "Something else"),
                        ],
                        default="paper",
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="where (venue, library, office)")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("idea", "Idea"),
                            ("working", "In work"),
                            ("submitted", "Submitted or filed"),
                            ("accepted", "Accepted or granted"),
                            ("out", "Published or released"),
                            ("rests", "Resting"),
                        ],
                        default="idea",
                        max_length=10,
                        verbose_name="how far",
                    ),
                ),
                ("on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="since")),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="link")),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="made", to="applications.placement"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PlacementEntry",
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
                            ("mentor", "Meeting with mentor"),
                            ("stand_up", "Stand-up"),
                            ("review", "Code review"),
                            ("seminar", "Seminar"),
                            ("reading", "Reading group"),
                            ("talk", "Talk of my own"),
                            ("social", "Social"),
                            ("note", "Note"),
                        ],
                        default="mentor",
                        max_length=10,
                    ),
                ),
                ("on", tracker.lib.fields.SensibleDateField(verbose_name="day")),
                ("text", models.TextField(max_length=5000, verbose_name="what happened")),
                (
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="applications.placement"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["placement", "-on", "-id"], name="placement_log")],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("key", models.CharField(blank=True, editable=False, max_length=24)),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="what")),
                ("begins_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="from")),
                ("ends_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="until")),
                ("is_removed", models.BooleanField(default=False, editable=False)),
                ("done_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                (
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="companies.season"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("student", "season", "key"),
                        name="plan_step_overridden_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(models.Q(("title", ""), _negated=True), ("begins_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_step_own_is_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("begins_on__lte", models.F("ends_on")),
                            _connector="OR",
                        ),
                        name="plan_step_days_in_order",
                        violation_error_message="The last day is before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PrepItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("text", models.CharField(max_length=300, verbose_name="what")),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="link")),
                ("on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="day")),
                ("done_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("came_from", models.CharField(blank=True, editable=False, max_length=80)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prep",
                        to="applications.interviewround",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["round", "position", "id"], name="prep_item_of_round")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="prep_item_says_what")
                ],
            },
        ),
        migrations.CreateModel(
            name="PrepSetItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=300)),
                ("minutes", models.PositiveSmallIntegerField(default=30)),
                ("url", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="link")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "prep_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="applications.prepset"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("prep_set", "position"),
                        name="prep_set_item_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("text", models.CharField(max_length=500, verbose_name="what was asked")),
                ("answer", models.TextField(blank=True, max_length=5000, verbose_name="what you would answer")),
                ("position", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="applications.interviewround",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["round", "position", "id"], name="question_of_round")],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("text", models.CharField(max_length=300, verbose_name="what they ask for")),
                (
                    "meets",
                    models.CharField(
                        blank=True,
                        choices=[("", "Not looked at"), ("yes", "Yes"), ("partly", "Partly"), ("no", "Not yet")],
                        default="",
                        max_length=6,
                        verbose_name="do you meet it",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, editable=False)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="requirements",
                        to="applications.application",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["application", "position", "id"], name="requirement_of_application")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=40)),
                ("query", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("student", "name"),
                        name="saved_view_once",
                        violation_error_message="You have a view of this name. Choose another one.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeasonPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("goal", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="applications to send")),
                ("weekly_target", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="a week")),
                ("opens_on", tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="window opens")),
                (
                    "closes_on",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="window closes"),
                ),
                (
                    "starts_on",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="earliest start"),
                ),
                ("weeks", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="length in weeks")),
                ("planned_on", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                ("asked_about", tracker.lib.fields.SensibleDateField(blank=True, editable=False, null=True)),
                ("carried", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="companies.season"
                    ),
                ),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="season_plans",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("student", "season"), name="season_plan_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("opens_on__lt", models.F("closes_on")),
                            _connector="OR",
                        ),
                        name="season_plan_days_in_order",
                        violation_error_message="The window closes before it opens.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("on", tracker.lib.fields.SensibleDateField(verbose_name="sent on")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sent_documents",
                        to="applications.application",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sent",
                        to="applications.documentversion",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("application", "version"), name="document_sent_once")],
            },
        ),
        migrations.CreateModel(
            name="TeamTalk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=160, verbose_name="team")),
                ("people", models.CharField(blank=True, max_length=200, verbose_name="names")),
                ("project", models.CharField(blank=True, max_length=500, verbose_name="project")),
                ("link", tracker.lib.fields.WebURLField(blank=True, max_length=2000, verbose_name="their page")),
                (
                    "talked_on",
                    tracker.lib.fields.SensibleDateField(blank=True, null=True, verbose_name="last talked on"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_talk", "To talk"),
                            ("talking", "Talking"),
                            ("interested", "They are interested"),
                            ("matched", "Matched"),
                            ("not_this_one", "Not this one"),
                        ],
                        default="to_talk",
                        max_length=12,
                        verbose_name="where it stands",
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not decided"),
                            ("keen", "First choice"),
                            ("open", "Would be glad"),
                            ("low", "Rather not"),
                        ],
                        default="",
                        max_length=4,
                        verbose_name="your interest",
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=5000, verbose_name="notes, for you alone")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="team_talks",
                        to="applications.application",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "matched")),
                        fields=("application",),
                        name="team_talk_matched_once",
                        violation_error_message="Another team is matched already. Change that one first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TodayMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "Done"), ("snoozed", "Put off"), ("dismissed", "Let go")], max_length=9
                    ),
                ),
                ("until", tracker.lib.fields.SensibleDateField(blank=True, null=True)),
                ("on", tracker.lib.fields.SensibleDateField()),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("student", "key"), name="today_mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "snoozed"), ("until__isnull", False)),
                            models.Q(models.Q(("state", "snoozed"), _negated=True), ("until__isnull", True)),
                            _connector="OR",
                        ),
                        name="today_mark_until_fits",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Undo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("text", models.CharField(max_length=200)),
                (
                    "applications",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), blank=True, default=list
                    ),
                ),
                ("changes", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "student",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["student", "-made_at"], name="undo_of_student")],
            },
        ),
    ]
