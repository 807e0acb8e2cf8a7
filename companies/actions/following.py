"""Says which programmes a student wants to be told of."""

from accounts.models import User
from companies.models import Following, Programme


def follow(*, person: User, programme: Programme) -> None:
    """Tell this person when the programme opens; following twice is following once."""
    Following.objects.bulk_create([Following(person=person, programme=programme)], ignore_conflicts=True)


def unfollow(*, person: User, programme: Programme) -> None:
    """Tell them no more; stopping twice is stopping once."""
    Following.objects.visible_to(person).filter(programme=programme).delete()
