"""Loading the demo into an empty database."""

import datetime as dt

import pytest
from django.core.management import call_command

from tracker.demo_data.loading import load


def test_the_command_says_which_of_both_it_was(db, capsys):
    call_command("demo_data")
    call_command("demo_data")
    assert capsys.readouterr().out == ("The demo data is loaded.\nThe demo data is here already; nothing is changed.\n")


@pytest.mark.parametrize("day", [dt.date(2027, 2, 28), dt.date(2028, 2, 29), dt.date(2027, 8, 1)])
def test_it_loads_on_any_day_of_the_year(db, day):
    assert load(at=dt.datetime.combine(day, dt.time(7, 30), dt.UTC))
