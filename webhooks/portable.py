"""What of webhooks is a person's own data: where they are told of what; not their secrets."""

from tracker.lib.portable import KEPT_FOR_CHECKS, Table
from webhooks.models import Webhook

_SIGNS = "It makes the secret that signs; an address that is set up again gets a new one."

TABLES = (
    Table(
        "webhooks",
        Webhook,
        Webhook.objects.visible_to,
        leaves_out={
            **dict.fromkeys(("salt", "old_salt", "old_until"), _SIGNS),
            **dict.fromkeys(("free_at", "rests_until", "troubles", "troubled_since"), KEPT_FOR_CHECKS),
        },
        comes_back=False,
    ),
)

_LOG = "It is the log of what your webhooks were told, for 30 days; the rows themselves stand in the other tables."
LEFT_OUT = {"WebhookDelivery": _LOG, "WebhookAttempt": _LOG}
