"""What the page of one's own data shows: the archives there are, and which one is being made or read."""

from dataclasses import dataclass

from accounts.models import Archive, User

type Progress = tuple[str, int, int] | None


@dataclass(frozen=True, slots=True)
class Present:
    """The archive that a worker has or will have, the newest to take along, and the last one that was brought."""

    running: Archive | None
    ready: Archive | None
    unmade: Archive | None
    brought: Archive | None


def present(person: User) -> Present:
    """Return how it stands: one query."""
    mine = list(Archive.objects.visible_to(person).order_by("-asked_at", "-pk"))
    made = [one for one in mine if one.way == Archive.Way.OUT and one.ended_at]
    return Present(
        running=next((one for one in mine if one.ended_at is None), None),
        ready=next((one for one in made if one.is_ready), None),
        unmade=made[0] if made and made[0].problem else None,
        brought=next((one for one in mine if one.way == Archive.Way.IN and one.ended_at), None),
    )
