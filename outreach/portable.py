"""What of people is a student's own data: all of it."""

from outreach.models import Conference, Contact, Message, Paper, Wording
from tracker.lib.portable import Table

# In this order they come back: each after those that it names.
TABLES = (
    Table("papers", Paper, Paper.objects.visible_to),
    Table("contacts", Contact, Contact.objects.visible_to),
    Table("messages", Message, Message.objects.visible_to),
    Table("conferences", Conference, Conference.objects.visible_to),
    Table("wordings", Wording, Wording.objects.visible_to),
)
