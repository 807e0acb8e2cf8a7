import datetime as dt

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import tracker.lib.ids


class Migration(migrations.Migration):
    replaces = [
        ("reminders", "0001_initial"),
        ("reminders", "0003_every_kind"),
        ("reminders", "0004_calendar_feed"),
        ("reminders", "0005_days_of_deliveries"),
        ("reminders", "0006_devices"),
        ("reminders", "0007_proposals_and_moves"),
        ("reminders", "0008_maybe_arrived"),
        ("reminders", "0009_requests_and_comments"),
        ("reminders", "0010_people"),
        ("reminders", "0011_own_data"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("applications", "0001_first"),
        ("companies", "0001_first"),
        ("outreach", "0001_first"),
        ("supervision", "0001_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="calendar_feed",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("made_at", models.DateTimeField(editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="JournalRead",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("offset", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("endpoint", models.CharField(max_length=1000)),
                ("endpoint_hash", models.CharField(max_length=64, unique=True)),
                ("p256dh", models.CharField(max_length=88)),
                ("auth", models.CharField(max_length=24)),
                ("name", models.CharField(max_length=80)),
                ("created_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="devices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("ticked_at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="heartbeat_one_row")],
            },
        ),
        migrations.CreateModel(
            name="MailServer",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("tokens", models.FloatField(default=0)),
                ("filled_at", models.DateTimeField(null=True)),
                ("rests_until", models.DateTimeField(null=True)),
                ("troubles", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="mail_server_one_row"),
                    models.CheckConstraint(condition=models.Q(("tokens__gte", 0)), name="mail_server_no_debt"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interviews", "Interviews"),
                            ("offers", "Offer answers"),
                            ("closing", "Closing dates"),
                            ("follow_ups", "Follow-ups"),
                            ("weekly", "Weekly plan"),
                            ("window", "Window milestones"),
                            ("programmes", "Programmes and schemes"),
                            ("proposals", "Proposal results"),
                            ("requests", "Requests and comments"),
                            ("digest", "Your students this month"),
                            ("access", "Sharing and access"),
                            ("pause", "Pausing reminders"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.CharField(max_length=200)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("url", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.interviewround",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["person", "-created_at", "-id"], name="notice_list"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)), fields=["person"], name="notice_unread"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("key",), name="notice_once")],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("interviews", "Interviews"),
                            ("offers", "Offer answers"),
                            ("closing", "Closing dates"),
                            ("follow_ups", "Follow-ups"),
                            ("weekly", "Weekly plan"),
                            ("window", "Window milestones"),
                            ("programmes", "Programmes and schemes"),
                            ("proposals", "Proposal results"),
                            ("requests", "Requests and comments"),
                            ("digest", "Your students this month"),
                            ("access", "Sharing and access"),
                            ("pause", "Pausing reminders"),
                        ],
                        max_length=12,
                    ),
                ),
                ("app", models.BooleanField(default=True, verbose_name="in the app")),
                (
                    "by_mail",
                    models.CharField(
                        choices=[("now", "E-mail"), ("weekly", "In the weekly plan"), ("off", "No e-mail")],
                        default="now",
                        max_length=6,
                        verbose_name="by e-mail",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_preferences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind"), name="preference_once"),
                    models.CheckConstraint(
                        condition=models.Q(("by_mail__in", ["now", "weekly", "off"])), name="preference_by_mail_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Push",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("available_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("sent", "Sent"), ("dropped", "Read or too late"), ("refused", "Refused")],
                        max_length=7,
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pushes", to="reminders.device"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pushes",
                        to="reminders.notice",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pushes",
                "indexes": [
                    models.Index(condition=models.Q(("outcome", "")), fields=["available_at", "id"], name="push_due")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "device"), name="push_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "sent", "dropped", "refused"])),
                        name="push_outcome_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Times",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reminder_times",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("paused_until", models.DateField(blank=True, null=True, verbose_name="pause e-mail until")),
                (
                    "weekly_day",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        default=0,
                        verbose_name="day of the weekly plan",
                    ),
                ),
                ("weekly_hour", models.PositiveSmallIntegerField(default=8, verbose_name="hour of the weekly plan")),
                ("quiet_from", models.TimeField(default=dt.time(21, 0), verbose_name="quiet from")),
                ("quiet_until", models.TimeField(default=dt.time(8, 0), verbose_name="quiet until")),
                (
                    "names_in_subjects",
                    models.BooleanField(default=False, verbose_name="show names of companies in subjects"),
                ),
                ("hour_before", models.BooleanField(default=False, verbose_name="also an hour before an interview")),
            ],
            options={
                "verbose_name_plural": "times",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("weekly_day__range", (0, 6))), name="times_day_of_week"),
                    models.CheckConstraint(
                        condition=models.Q(("weekly_hour__range", (5, 22))),
                        name="times_weekly_hour",
                        violation_error_message="Choose an hour from 5 to 22.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=200)),
                ("message_id", models.CharField(blank=True, max_length=320, null=True)),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("sign_in", "New sign-in"),
                            ("sharing_changed", "Sharing changed"),
                            ("leaving", "Account to be deleted"),
                            ("export_ready", "Export ready"),
                            ("interview_soon", "Interview in one hour"),
                            ("interview_tomorrow", "Interview tomorrow"),
                            ("offer_answer", "Answer to an offer due"),
                            ("request_due", "Request due"),
                            ("posting_closes", "Posting closes"),
                            ("debrief", "Debrief"),
                            ("weekly_plan", "Weekly plan"),
                            ("follow_up", "Follow-up due"),
                            ("outreach", "One more note to somebody"),
                            ("request_answered", "Request answered"),
                            ("commented", "Comment"),
                            ("scheme_closes", "Enrichment scheme closes"),
                            ("programme_opens", "Followed programme opens"),
                            ("programme_moved", "Days of a followed programme changed"),
                            ("window_opens", "Window opens"),
                            ("window_half", "Half of the window is over"),
                            ("window_closing", "Window closes in two weeks"),
                            ("proposal_result", "Suggestion decided"),
                            ("digest", "Your students this month"),
                            ("people_kept", "People kept for long"),
                            ("pause_question", "Pause your reminders?"),
                        ],
                        max_length=24,
                    ),
                ),
                ("channel", models.CharField(choices=[("mail", "E-mail"), ("app", "In the app")], max_length=4)),
                ("revision", models.CharField(max_length=20)),
                ("due_at", models.DateTimeField()),
                ("available_at", models.DateTimeField()),
                ("useful_until", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                            ("cancelled", "Cancelled"),
                            ("expired", "Too late, told in the app"),
                            ("superseded", "Superseded"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_token", models.UUIDField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("maybe_at", models.DateTimeField(blank=True, null=True)),
                ("last_error", models.CharField(blank=True, max_length=100)),
                ("created_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.application",
                    ),
                ),
                (
                    "carrier",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="carried",
                        to="reminders.delivery",
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="supervision.comment",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outreach.contact",
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.cycle",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.proposal",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="supervision.request",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.interviewround",
                    ),
                ),
                (
                    "season",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="companies.season",
                    ),
                ),
                (
                    "sharing",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="supervision.sharingevent",
                    ),
                ),
                (
                    "sign_in",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.signin",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["due_at"], name="delivery_days", pages_per_range=16
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["pending", "sending"])),
                        fields=["channel", "available_at", "id"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["cancelled", "superseded"])),
                        fields=["useful_until"],
                        name="delivery_retired",
                    ),
                    models.Index(
                        condition=models.Q(("round__isnull", False)), fields=["round"], name="delivery_of_round"
                    ),
                    models.Index(
                        condition=models.Q(("application__isnull", False)),
                        fields=["application"],
                        name="delivery_of_application",
                    ),
                    models.Index(
                        condition=models.Q(("sharing__isnull", False)), fields=["sharing"], name="delivery_of_sharing"
                    ),
                    models.Index(
                        condition=models.Q(("carrier__isnull", False)), fields=["carrier"], name="delivery_carried"
                    ),
                    models.Index(
                        condition=models.Q(("channel", "mail"), ("state", "sent")),
                        fields=["person", "sent_at"],
                        name="delivery_sent_today",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("key",), name="delivery_once"),
                    models.UniqueConstraint(fields=("message_id",), name="delivery_message_id_once"),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            models.Func(
                                models.F("round"),
                                models.F("season"),
                                models.F("application"),
                                models.F("cycle"),
                                models.F("sharing"),
                                models.F("sign_in"),
                                models.F("proposal"),
                                models.F("request"),
                                models.F("comment"),
                                models.F("contact"),
                                function="num_nonnulls",
                                output_field=models.IntegerField(),
                            ),
                            1,
                        ),
                        name="delivery_about_one_thing_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_token__isnull", False), ("state", "sending")),
                            models.Q(models.Q(("state", "sending"), _negated=True), ("lease_token__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_lease_while_sending",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_sent_has_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sending", "sent"]), _negated=True),
                            ("channel", "app"),
                            ("message_id__isnull", False),
                            ("carrier__isnull", False),
                            _connector="OR",
                        ),
                        name="delivery_mail_has_message_id",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("channel__in", ["mail", "app"]),
                            (
                                "state__in",
                                ["pending", "sending", "sent", "failed", "cancelled", "expired", "superseded"],
                            ),
                        ),
                        name="delivery_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("useful_until__gt", models.F("due_at"))), name="delivery_useful_when_due"
                    ),
                ],
            },
        ),
    ]
