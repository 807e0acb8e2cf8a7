"""What of the shared list is one person's own data: what they follow and what they suggested."""

from companies.models import Following, Proposal
from tracker.lib.portable import Table

_OTHERS = "It is about a curator."

TABLES = (
    Table("followings", Following, Following.objects.visible_to),
    Table(
        "proposals",
        Proposal,
        Proposal.objects.visible_to,
        leaves_out={
            "decided_by": _OTHERS,
            "paper": "A paper of the list has no name of its own; `values` has its facts.",
        },
        comes_back=False,
    ),
)
