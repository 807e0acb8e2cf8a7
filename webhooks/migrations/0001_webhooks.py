import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tracker.lib.fields
import tracker.lib.ids
import webhooks.signing


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "public_id",
                    models.CharField(default=tracker.lib.ids.new_public_id, editable=False, max_length=12, unique=True),
                ),
                ("name", models.CharField(max_length=80, verbose_name="what it is for")),
                ("url", tracker.lib.fields.WebURLField(max_length=2000, verbose_name="address")),
                (
                    "events",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("application.added", "An application is added"),
                                (
                                    "application.moved",
                                    "An application changes its stage: moved, closed, offer accepted",
                                ),
                                ("application.deleted", "An application is deleted"),
                                ("round.added", "An interview round is added"),
                                ("round.changed", "A round changes its kind, time or state"),
                                ("round.deleted", "A round is deleted"),
                                ("offer.noted", "What they offer is noted or changed"),
                            ],
                            max_length=20,
                        ),
                        verbose_name="what it is told",
                    ),
                ),
                (
                    "off",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "On"),
                            ("paused", "Paused"),
                            ("gone", "Turned off: the address answered that it is gone (410)"),
                            ("silent", "Turned off: nothing arrived for five days"),
                        ],
                        max_length=6,
                    ),
                ),
                ("salt", models.CharField(default=webhooks.signing.new_salt, editable=False, max_length=32)),
                ("old_salt", models.CharField(blank=True, editable=False, max_length=32)),
                ("old_until", models.DateTimeField(editable=False, null=True)),
                ("made_at", models.DateTimeField()),
                ("free_at", models.DateTimeField()),
                ("rests_until", models.DateTimeField(null=True)),
                ("troubles", models.PositiveIntegerField(default=0)),
                ("troubled_since", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="webhooks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("off__in", ["", "paused", "gone", "silent"])), name="webhook_off_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(editable=False, max_length=32, unique=True)),
                ("type", models.CharField(max_length=20)),
                ("facts", models.JSONField()),
                ("body", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("due", "Waiting"), ("sent", "Arrived"), ("given_up", "Given up")], max_length=8
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField()),
                ("said", models.CharField(blank=True, max_length=200)),
                ("due_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                (
                    "webhook",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="deliveries",
                        to="webhooks.webhook",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "indexes": [
                    models.Index(fields=["webhook", "-id"], name="webhook_log"),
                    models.Index(
                        condition=models.Q(("state", "due")), fields=["webhook", "due_at", "id"], name="webhook_due"
                    ),
                    models.Index(fields=["made_at"], name="webhook_delivery_by_age"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["due", "sent", "given_up"])), name="webhook_delivery_state"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("milliseconds", models.PositiveIntegerField()),
                ("said", models.CharField(max_length=200)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DB_CASCADE,
                        related_name="tries",
                        to="webhooks.webhookdelivery",
                    ),
                ),
            ],
        ),
    ]
