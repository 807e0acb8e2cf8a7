"""Checks of single values that several models and forms share."""

import datetime as dt
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

URL_LENGTH = 2000
FIRST_DAY = dt.date(1990, 1, 1)
LAST_DAY = dt.date(2100, 12, 31)

_NO_ADDRESS = "Enter a full web address, like https://example.org/jobs/1."
_web_url = URLValidator(schemes=["http", "https"])


def validate_web_url(value: str) -> None:
    """Refuse everything but http and https addresses of at most 2,000 characters."""
    if len(value) > URL_LENGTH:
        message = f"Use a link of at most {URL_LENGTH:,} characters; this one has {len(value):,}."
        raise ValidationError(message, code="too_long")
    if not value.isprintable():
        raise ValidationError(_NO_ADDRESS, code="url")
    try:
        _web_url(value)
        names_somebody = "@" in urlsplit(value).netloc  # hides where a link leads, or carries a password
    except (ValidationError, ValueError):
        raise ValidationError(_NO_ADDRESS, code="url") from None
    if names_somebody:
        raise ValidationError("Leave the name and password out of the link.", code="url")


def validate_sensible_day(value: dt.date) -> None:
    """Refuse days that only a slip of the hand produces, such as the years 1 and 9999."""
    if not FIRST_DAY <= value <= LAST_DAY:
        message = f"Enter a day between {FIRST_DAY.year} and {LAST_DAY.year}."
        raise ValidationError(message, code="day")


def validate_zone(value: str) -> None:
    """Refuse names that are no time zone of the IANA database."""
    try:
        known = value not in _NO_ZONES and ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = False
    if not known:
        message = "Choose a time zone from the list."
        raise ValidationError(message, code="zone")


_NO_ZONES = {"localtime", "posixrules", "Factory"}
"""Files beside the zones that mean another thing on each machine."""


class WebURLField(models.CharField):  # type: ignore[type-arg]  # not subscriptable when running
    """An http(s) address as text; 2,000 characters, because real posting links outgrow Django's 200."""

    default_validators = [validate_web_url]

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Set the length that every web address of ours has."""
        kwargs.setdefault("max_length", URL_LENGTH)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]


class SensibleDateField(models.DateField):  # type: ignore[type-arg]  # not subscriptable when running
    """A day between 1990 and 2100."""

    default_validators = [validate_sensible_day]
