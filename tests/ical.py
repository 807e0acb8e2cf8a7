"""Reads calendars three times: by the letter, and by two readers that know nothing of us or of each other."""

import datetime as dt
import io
import re

import vobject
from dateutil import tz
from icalendar import Calendar

LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^:;,\"]+)*):(.*)", re.DOTALL)
ESCAPED = re.compile(r"\\([\\;,nN])")


def strict(content):
    """Read a file by the letter: CRLF, folds of at most 75 octets, names, parameters, nested components."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    physical = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in physical)
    assert all(line.decode() for line in physical)  # no letter is cut
    lines = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    open_parts, parts = [], []
    for line in lines:
        found = LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            open_parts.append(value)
        elif name == "END":
            assert open_parts.pop() == value
        else:
            parts.append(("/".join(open_parts), name, parameters, value))
    assert open_parts == []
    return parts


def value(parts, name, within="VCALENDAR/VEVENT"):
    (found,) = [(parameters, text) for where, key, parameters, text in parts if (where, key) == (within, name)]
    return found


def text(parts, name):
    raw = value(parts, name)[1]
    assert not re.search(r"(?<!\\)[;,]", raw.replace("\\\\", ""))
    return ESCAPED.sub(lambda m: {"n": "\n", "N": "\n"}.get(m[1], m[1]), raw)


def as_icalendar(content):
    """Return UID -> what `icalendar` reads of an event: number, title, begin, end, state."""
    events = Calendar.from_ical(content).events
    assert [event.errors for event in events if event.errors] == []
    return {
        str(event["UID"]): (
            event.sequence, str(event["SUMMARY"]), _instant(event.start), _instant(event.end), str(event["STATUS"])
        )
        for event in events
    }  # fmt: skip


def as_vobject(content):
    """Return the same as `vobject` reads it: it validates the whole, and takes the zones as the file tells them."""
    _learn_zones(content.decode())
    read = vobject.readOne(content.decode())
    read.validate(raiseException=True)
    return {
        one.uid.value: (
            int(one.sequence.value), one.summary.value, _instant(one.dtstart.value), _instant(one.dtend.value),
            one.status.value,
        )
        for one in read.contents.get("vevent", [])
    }  # fmt: skip


def events(content):
    """Return what both readers read, who must agree."""
    strict(content)
    found = as_icalendar(content)
    assert as_vobject(content) == found
    return found


def _learn_zones(content):
    """Make vobject know zones as this file tells them, read by dateutil; left alone it asks a database of its own."""
    described = "".join(re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", content, re.DOTALL))
    if described:
        found = tz.tzical(io.StringIO(described))
        for zone in found.keys():  # noqa: SIM118 - no dictionary
            vobject.icalendar.registerTzid(zone, found.get(zone))


def _instant(moment):
    return moment.astimezone(dt.UTC) if isinstance(moment, dt.datetime) else moment
