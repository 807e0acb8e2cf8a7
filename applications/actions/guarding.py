"""What every change of an application's parts stands in: one transaction, the owner's row locked, refusals in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DataError, IntegrityError, transaction

from accounts.models import User
from applications.models import Application
from tracker.lib.errors import DomainError, StaleError


@contextmanager
def guarded() -> Iterator[None]:
    """Run a change in one transaction; what the database refuses becomes a sentence, and nothing is half-written."""
    try:
        with transaction.atomic():
            yield
    except (IntegrityError, DataError) as error:
        raise DomainError("This does not fit what is stored. Check it and save again.") from error


def lock_application(application: Application, by: User) -> Application:
    """Return the application as it is now, held until the transaction ends; changes of one application queue here."""
    fresh = Application.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=application.pk).first()
    if fresh is None:
        raise StaleError("This application was deleted in another tab.")
    return fresh
