import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from tracker.lib.fields import validate_sensible_day, validate_web_url, validate_zone


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,<b>x</b>",
        "ftp://example.org/",
        "//example.org",
        "example",
        "https://",
        "https://ada:secret@example.org/",
        "https://example.org@evil.example/",
        "https://exa mple.org",
        "https://example.org/\x00",
        "https://example.org/" + "a" * 5000,
    ],
)
def test_only_web_addresses_pass(address):
    with pytest.raises(ValidationError):
        validate_web_url(address)


def test_a_web_address_passes():
    validate_web_url("https://jobs.example.org/a?b=c#d")
    validate_web_url("http://localhost:8000/")


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1989, 12, 31), dt.date(2101, 1, 1), dt.date(9999, 12, 31)])
def test_days_that_only_a_slip_makes_are_refused_with_a_sentence(day):
    with pytest.raises(ValidationError) as refusal:
        validate_sensible_day(day)
    assert refusal.value.messages == ["Enter a day between 1990 and 2100."]


@pytest.mark.parametrize(
    "zone", ["", "Mars/Base", "localtime", "Factory", "../../etc/passwd", "Europe", "a" * 5000, "\x00"]
)
def test_what_is_no_time_zone_is_refused(zone):
    with pytest.raises(ValidationError):
        validate_zone(zone)
