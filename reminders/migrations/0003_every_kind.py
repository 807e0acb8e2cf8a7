import datetime as dt

import django.db.models.deletion
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

# What people chose before stays chosen.
_KEEP_WISHES = """
INSERT INTO reminders_times (
    person_id, paused_until, weekly_day, weekly_hour, quiet_from, quiet_until, names_in_subjects, hour_before
) SELECT person_id, until, 0, 8, '21:00', '08:00', false, false FROM reminders_pause;
UPDATE reminders_preference SET by_mail = 'off' WHERE NOT mail;
SET CONSTRAINTS ALL IMMEDIATE;  -- else the table cannot be altered in the same transaction
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_visits_and_sign_ins"),
        ("applications", "0002_the_season"),
        ("companies", "0002_following"),
        ("reminders", "0002_sent_for_ever"),
        ("supervision", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JournalRead",
            fields=[
                ("name", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("offset", models.BigIntegerField(default=0)),
            ],
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
            },
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_about_one_thing",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_mail_has_message_id",
        ),
        migrations.AddField(
            model_name="delivery",
            name="application",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="applications.application",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="carrier",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried",
                to="reminders.delivery",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="cycle",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="companies.cycle",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="sharing",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="supervision.sharingevent",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="sign_in",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="accounts.signin",
            ),
        ),
        migrations.AddField(
            model_name="preference",
            name="by_mail",
            field=models.CharField(
                choices=[("now", "E-mail"), ("weekly", "In the weekly plan"), ("off", "No e-mail")],
                default="now",
                max_length=6,
                verbose_name="by e-mail",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="rule",
            field=models.CharField(
                choices=[
                    ("sign_in", "New sign-in"),
                    ("sharing_changed", "Sharing changed"),
                    ("interview_soon", "Interview in one hour"),
                    ("interview_tomorrow", "Interview tomorrow"),
                    ("offer_answer", "Answer to an offer due"),
                    ("posting_closes", "Posting closes"),
                    ("debrief", "Debrief"),
                    ("weekly_plan", "Weekly plan"),
                    ("follow_up", "Follow-up due"),
                    ("scheme_closes", "Enrichment scheme closes"),
                    ("programme_opens", "Followed programme opens"),
                    ("window_opens", "Window opens"),
                    ("window_half", "Half of the window is over"),
                    ("window_closing", "Window closes in two weeks"),
                    ("digest", "Your students this month"),
                    ("pause_question", "Pause your reminders?"),
                ],
                max_length=24,
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("interviews", "Interviews"),
                    ("offers", "Offer answers"),
                    ("closing", "Closing dates"),
                    ("follow_ups", "Follow-ups"),
                    ("weekly", "Weekly plan"),
                    ("window", "Window milestones"),
                    ("programmes", "Programmes and schemes"),
                    ("digest", "Your students this month"),
                    ("access", "Sharing and access"),
                    ("pause", "Pausing reminders"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="preference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("interviews", "Interviews"),
                    ("offers", "Offer answers"),
                    ("closing", "Closing dates"),
                    ("follow_ups", "Follow-ups"),
                    ("weekly", "Weekly plan"),
                    ("window", "Window milestones"),
                    ("programmes", "Programmes and schemes"),
                    ("digest", "Your students this month"),
                    ("access", "Sharing and access"),
                    ("pause", "Pausing reminders"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("application__isnull", False)),
                fields=["application"],
                name="delivery_of_application",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("sharing__isnull", False)), fields=["sharing"], name="delivery_of_sharing"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("carrier__isnull", False)), fields=["carrier"], name="delivery_carried"
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    models.Func(
                        models.F("round"),
                        models.F("season"),
                        models.F("application"),
                        models.F("cycle"),
                        models.F("sharing"),
                        models.F("sign_in"),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="delivery_about_one_thing_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sending", "sent"]), _negated=True),
                    ("channel", "app"),
                    ("message_id__isnull", False),
                    ("carrier__isnull", False),
                    _connector="OR",
                ),
                name="delivery_mail_has_message_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(("by_mail__in", ["now", "weekly", "off"])), name="preference_by_mail_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="mailserver",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="mail_server_one_row"),
        ),
        migrations.AddConstraint(
            model_name="mailserver",
            constraint=models.CheckConstraint(condition=models.Q(("tokens__gte", 0)), name="mail_server_no_debt"),
        ),
        migrations.AddConstraint(
            model_name="times",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekly_day__range", (0, 6))), name="times_day_of_week"
            ),
        ),
        migrations.AddConstraint(
            model_name="times",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekly_hour__range", (5, 22))),
                name="times_weekly_hour",
                violation_error_message="Choose an hour from 5 to 22.",
            ),
        ),
        migrations.RunSQL(_KEEP_WISHES, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="preference",
            name="mail",
        ),
        migrations.DeleteModel(
            name="Pause",
        ),
    ]
