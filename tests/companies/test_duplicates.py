"""Companies that may be one are found, ranked and explained; those that only look alike are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.duplicates import LIKELY, POSSIBLE, SURE, Candidate, duplicates

BOARD = "https://boards.greenhouse.io/tidewater/jobs/1"


def found(*companies):
    """Return (weight, reasons) of the only pair, or nothing."""
    rows = [Candidate(n, **(one if isinstance(one, dict) else {"name": one})) for n, one in enumerate(companies)]
    pairs = duplicates(rows)
    assert len(pairs) <= 1
    return [(pair.weight, *pair.reasons) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other", "weight"),
    [
        ("Mosaic ML", "MosaicML, Inc.", SURE),
        ("Hewlett Packard (HP)", "HP", SURE),
        ({"name": "Amazon", "aliases": ("Amazon Web Services",)}, "amazon web services", SURE),
        (
            {"name": "Waymo", "sites": ("https://waymo.com/",)},
            {"name": "Alpha", "sites": ("https://careers.waymo.com/x",)},
            LIKELY,
        ),
        (
            {"name": "Waymo", "sites": ("https://waymo.com/",)},
            {"name": "Waymo Research", "sites": ("https://careers.waymo.com/x",)},
            SURE,
        ),
        ({"name": "Tidewater AI", "postings": (BOARD,)}, {"name": "Ebb", "sites": (BOARD,)}, LIKELY),
        ({"name": "Tidewater AI", "postings": (BOARD,)}, {"name": "Tidewater", "sites": (BOARD,)}, SURE),
        ("Northlight", "Northlight Labs", LIKELY),
        ("Capital One", "Capitol One", LIKELY),
        ("Samsung", "Samsung Electronics", POSSIBLE),
    ],
)
def test_what_may_be_one_is_found(one, other, weight):
    ((given, *reasons),) = found(one, other)
    assert given == weight
    assert reasons


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AMD", "ADM"), ("Arm", "Arc"), ("Google", "Apple"), ("The Block", "Block Party"), ("Intel", "Intelsat"),
        ("ICE", "ICE Cream"),
        ({"name": "A1", "postings": ("https://grnh.se/1",)}, {"name": "B2", "postings": ("https://grnh.se/2",)}),
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_not(one, other):
    assert found(one, other) == []


def test_boards_of_their_own_speak_against_it():
    boards = [f"https://job-boards.greenhouse.io/{name}/jobs/1" for name in ("lucidsoftware", "lucidmotors")]
    ((weight, *reasons),) = found(
        {"name": "Lucid", "postings": (boards[0],)}, {"name": "Lucid Motors", "postings": (boards[1],)}
    )
    assert (weight, reasons[-1]) == (POSSIBLE, "but each has a job board of its own")


def test_a_site_that_many_share_says_nothing():
    rows = [Candidate(n, f"Unlike{n:03}x", sites=("https://sites.google.com/x",)) for n in range(40)]
    assert not [pair for pair in duplicates(rows) if "the same website" in pair.reasons]


@given(
    st.lists(st.builds(Candidate, st.integers(0, 99), st.text(max_size=30)), max_size=12, unique_by=lambda row: row.pk)
)
def test_any_names_give_ordered_pairs_with_reasons_each_once(rows):
    pairs = duplicates(rows)
    assert len({(pair.one, pair.other) for pair in pairs}) == len(pairs)
    assert all(pair.one < pair.other and pair.reasons and POSSIBLE <= pair.weight <= SURE for pair in pairs)
    assert [pair.weight for pair in pairs] == sorted((pair.weight for pair in pairs), reverse=True)


def test_ten_thousand_companies_take_seconds():
    rows = [
        Candidate(n, f"Company {n * 7919 % 100_003:05} of {n}", sites=(f"https://c{n}.example/",))
        for n in range(10_000)
    ]
    began = time.process_time()
    duplicates(rows)
    assert time.process_time() - began < 10
