"""Changes of letters in one's own words."""

from accounts.models import User
from outreach.models import Wording


def save_wording(*, kind: str, subject: str, text: str, by: User) -> Wording:
    """Keep one's own words for a kind of letter."""
    words = {"subject": subject, "text": text}
    kept, _made = Wording.objects.update_or_create(student=by, kind=kind, defaults=words)
    return kept


def forget_wording(*, kind: str, by: User) -> None:
    """Go back to ours."""
    Wording.objects.visible_to(by).filter(kind=kind).delete()
