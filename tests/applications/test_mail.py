"""What a pasted mail tells of, over forty mails of many styles; any text is read, and in a moment."""

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from applications.reading import mail_words
from applications.reading.mail import companies_named, read_mail
from applications.reading.mail_days import day_in_header
from applications.stage import ENTRY_CHOICES

SAVED = (Path(__file__).parents[1] / "fixtures" / "mails.txt").read_text()
READ_ON = date(2026, 11, 14)


def saved_mails():
    """Return name -> text, step and day of each mail of the file."""
    found = {}
    for part in SAVED.split("\n=== ")[1:]:
        head, _, text = part.partition("\n")
        name, step, on = head.split(" | ")
        found[name] = (text.strip("\n"), step.strip("-"), None if on == "-" else date.fromisoformat(on))
    return found


MAILS = saved_mails()
WORDS = st.sampled_from(
    "we you not unable to move forward with your application interview offer pleased Dear On wrote: > - . \n if invite"
    " schedule a call 12 Nov 2026, Date: 2026-02-30 assessment -----".split(" ")
)


def test_there_are_forty_of_them_and_every_step_is_told_in_more_than_one_way():
    told = Counter(step for _, step, _ in MAILS.values())
    assert told == {
        "interviewing": 13, "closed:not_this_time": 11, "": 5, "offer": 5, "closed:role_closed": 3, "applied": 3
    }  # fmt: skip


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_tells_its_step_and_its_day(name):
    text, step, on = MAILS[name]
    found = read_mail(text, on=READ_ON)
    assert (found.step, found.on) == (step, on)


@pytest.mark.parametrize("name", MAILS)
def test_so_it_does_with_other_line_ends_and_indents(name):
    text, step, _ = MAILS[name]
    if ">" not in text:
        assert read_mail(text.replace("\n", "\r\n  "), on=READ_ON).step == step


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Date: Thu, 12 Nov 2026 09:12:33 +0000", date(2026, 11, 12)),
        ("Sent: Thursday, November 12, 2026 9:12 AM", date(2026, 11, 12)),
        ("*Date:* 12th of November 2026", date(2026, 11, 12)),
        ("Nov 12, 2026, 9:12 AM (2 days ago)", date(2026, 11, 12)),
        ("Mon, 28 Dec, 09:12", date(2025, 12, 28)),
        ("Sent: 12/11/2026 09:12", None),
        ("Sent: 31/10/2026 09:12", date(2026, 10, 31)),
        ("Date: Fri, 20 Nov 2026 09:12", None),
        ("Date: 30 Feb 2026 09:12", None),
        ("We meet on 2 November at the station.", None),
    ],
)
def test_the_day_of_a_header_is_read_unless_it_could_be_two(line, day):
    assert day_in_header(["Hello", line], on=READ_ON) == day


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Priya from MosaicML here.", ["Mosaic ML"]),
        ("Write to jobs@tidewater-ai.example", ["Tidewater AI Ltd"]),
        ("Bei Zürich Labs und Alder & Finch", ["Zurich Labs", "Alder and Finch"]),
        ("The tide and the water", []),
        ("", []),
    ],
)
def test_a_company_is_found_however_it_is_spelt(text, named):
    assert companies_named(text, ["Mosaic ML", "Tidewater AI Ltd", "Zurich Labs", "Alder and Finch", "X"]) == named


@given(st.text(max_size=3_000) | st.lists(WORDS, max_size=300).map(" ".join))
@example("\0" * 100)
@example("Date: 9999999999")
def test_any_text_is_read(text):
    found = read_mail(text, on=READ_ON)
    assert found.step in {"", *dict(ENTRY_CHOICES)}
    assert found.on is None or found.on <= READ_ON
    assert companies_named(text, ["Tidewater"]) in (["Tidewater"], [])


@pytest.mark.parametrize(
    "part",
    [
        "schedule a a a a ",
        "not be ",
        "a",
        "invite you to the the ",
        "unfortunately we ",
        ">",
        "On ",
        "\n",
        "1 ",
        "Dear a",
    ],
)
def test_no_text_keeps_it_busy(part):
    began = time.process_time()
    text = part * (200_000 // len(part))
    read_mail(text, on=READ_ON)
    companies_named(text, ["Tidewater"] * 500)
    assert time.process_time() - began < 2


def test_each_pattern_is_written_in_lower_case():
    patterns = [one.pattern for one in vars(mail_words).values() if hasattr(one, "pattern")]
    assert len(patterns) == 8
    assert [one for one in patterns if one != one.lower()] == []
