"""What is noted of an application in a row beside it, of which there is one or none: an offer, a record of approval."""

import datetime as dt
from collections.abc import Collection, Mapping

from accounts.models import User
from applications.actions.guarding import lock_application
from applications.models import Application, Approval, Offer
from tracker.lib.errors import StaleError


def note_part[P: (Offer, Approval)](
    model: type[P],
    fields: Collection[str],
    *,
    application: Application,
    details: Mapping[str, object],
    version: int,
    by: User,
    at: dt.datetime,
    what: str,
) -> P:
    """Keep what is known, within a transaction; the first time it makes the row.

    StaleError when it is no longer the version that was seen, 0 being none yet.
    """
    unknown = details.keys() - set(fields)
    if unknown:
        message = f"There is no {', '.join(sorted(unknown))} of an {what}."
        raise TypeError(message)
    lock_application(application, by)
    known = model.objects.visible_to(by).select_for_update(of=("self",)).filter(application=application).first()
    if (known.version if known else 0) != version:
        message = f"This {what} changed in another tab."
        raise StaleError(message)
    row = known or model(application=application, version=0)
    for name, value in details.items():
        setattr(row, name, value)
    row.version += 1
    row.updated_at = at
    row.save()
    Application.objects.filter(pk=application.pk).update(updated_at=at)
    return row
