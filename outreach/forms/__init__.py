"""The forms of people, referrals, conferences and letters."""

from outreach.forms.conferences import ConferenceForm, ThereForm
from outreach.forms.people import ContactForm, MessageForm, PasteForm
from outreach.forms.referrals import ReferralForm
from outreach.forms.wordings import WordingForm

__all__ = [
    "ConferenceForm",
    "ContactForm",
    "MessageForm",
    "PasteForm",
    "ReferralForm",
    "ThereForm",
    "WordingForm",
]
