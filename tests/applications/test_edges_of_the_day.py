"""At 10:30 UTC on 10 November it is the 11th on Kiritimati (UTC+14), and the 9th in the last zone of all (UTC-12)."""

import datetime as dt
import re

import pytest

from applications.models import Application, Event, TodayMark, Undo
from tests.factories import ApplicationFactory, RoundFactory
from tests.words import said

AT = dt.datetime(2026, 11, 10, 10, 30, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture(params=[("Pacific/Kiritimati", dt.date(2026, 11, 11)), ("Etc/GMT+12", dt.date(2026, 11, 9))])
def here(request, ada, season, clock, client_of):
    """Return a client of Ada where she lives, and the day it is there."""
    clock.move_to(AT)
    ada.time_zone, day = request.param
    ada.save()
    return client_of(ada), day


def test_what_happens_today_is_dated_as_the_student_dates_it(here, ada):
    client, day = here
    client.post("/add/", {"company_or_link": "Tidewater", "role": "Intern", "stage": "applied"})
    application = Application.objects.get()
    page = f"/applications/{application.public_id}/"
    assert (application.applied_on, application.events.get().on) == (day, day)
    for on, status in ((day, 302), (day + DAY, 422)):
        assert client.post(f"{page}events/", {"kind": "note", "text": f"Met {on}", "on": on}).status_code == status
        typed = {"entered": "interviewing", "on": on}
        assert client.post(f"{page}events/new/", typed).status_code == status
    client.post(f"{page}close/", {"outcome": "no_reply"})
    assert set(Event.objects.values_list("on", flat=True)) == {day}
    assert f"{day:%-d} {day:%b}" in said(client.get(page))


def test_today_is_the_students_today(here, ada):
    client, day = here
    due = ApplicationFactory(student=ada, stage="preparing", next_step="Read", next_step_on=day)
    ApplicationFactory(student=ada, stage="preparing", next_step="Later", next_step_on=day + DAY)
    text = said(client.get("/today/"))
    assert f"{day:%A} {day.day} November One thing for today" in text
    line = f"/today/step-{due.public_id}-{day:%Y%m%d}/"
    client.post(f"{line}snooze/", {"until": "tomorrow"})
    assert TodayMark.objects.get().until == day + DAY
    client.post(f"/undo/{Undo.objects.get().public_id}/")
    client.post(f"{line}done/")
    assert due.events.get(kind="note").on == day
    today = re.search(r"<title>([^<]*), today: nothing</title>", client.get("/window/").text)
    assert today[1] == f"{day:%a} {day.day} Nov"


def test_a_round_is_over_when_it_is_over_wherever_one_is(here, ada):
    client, _day = here
    past, ahead = (
        RoundFactory(application__student=ada, on=AT.date(), time=time, zone="UTC", minutes=30)
        for time in (dt.time(9, 30), dt.time(11, 30))
    )
    text, began = client.get("/today/").text, past.starts_at.astimezone(ada.tz)
    assert (f"/today/debrief-{past.public_id}-{began:%Y%m%d}/" in text, "Next interview, today" in text) == (True, True)
    assert f"/rounds/{ahead.public_id}/" in text
