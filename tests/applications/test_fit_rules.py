import pytest
from hypothesis import given
from hypothesis import strategies as st

from applications.choices import Meets
from applications.fit import ADVICE, advice, coverage, share
from applications.reading.typed import LONGEST_TAG, once, read_lines, read_tags, write_tags
from applications.stage import Stage

MEETS = st.sampled_from(Meets.values)
ORDER = ["none of them yet", "some of them", "half of them", "most of them", "all of them"]
BETTER = {"": "partly", "no": "partly", "partly": "yes", "yes": "yes"}


@pytest.mark.parametrize(
    ("meets", "words"),
    [
        ("", ""),
        ("?", "Say for each whether you meet it: yes, partly or not yet."),
        ("YYYYYNN", "You meet 5 of 7: most of them."),
        ("YYYYYPN", "You meet 5 of 7, and 1 in part: most of them."),
        ("YYYPPNN", "You meet 3 of 7, and 2 in part: most of them."),
        ("YYYN", "You meet 3 of 4: most of them."),
        ("YN", "You meet 1 of 2: half of them."),
        ("PP", "You meet 0 of 2, and 2 in part: half of them."),
        ("YNN", "You meet 1 of 3: some of them."),
        ("NN", "You meet 0 of 2: none of them yet."),
        ("Y", "You meet 1 of 1: all of them."),
        ("YY?", "You meet 2 of 3: most of them. 1 is not looked at yet."),
        ("Y???", "You meet 1 of 4: some of them. 3 are not looked at yet."),
    ],
)
def test_coverage_is_told_in_words(meets, words):
    assert coverage({"Y": "yes", "P": "partly", "N": "no", "?": ""}[letter] for letter in meets) == words


def band(meets):
    return ORDER.index(share(2 * meets.count("yes") + meets.count("partly"), 2 * len(meets)))


@given(st.lists(MEETS, max_size=60))
def test_it_is_never_a_percentage_or_a_score(meets):
    assert [mark for mark in ("%", "/", "score", "points") if mark in coverage(meets)] == []


@given(st.lists(MEETS, min_size=1, max_size=60), st.randoms())
def test_the_order_does_not_matter(meets, random):
    shuffled = random.sample(meets, len(meets))
    assert coverage(shuffled) == coverage(meets)


@given(st.lists(MEETS, min_size=1, max_size=60), st.data())
def test_meeting_more_never_tells_less(meets, data):
    at = data.draw(st.integers(0, len(meets) - 1))
    better = [*meets[:at], BETTER[meets[at]], *meets[at + 1 :]]
    assert band(better) >= band(meets)


@given(st.lists(MEETS, min_size=1, max_size=60))
def test_all_and_none_are_said_of_all_and_none_only(meets):
    assert (share(2 * meets.count("yes") + meets.count("partly"), 2 * len(meets)) == ORDER[-1]) == (
        set(meets) == {"yes"}
    )
    assert (band(meets) == 0) == set(meets).isdisjoint({"yes", "partly"})


@pytest.mark.parametrize("stage", Stage)
def test_advice_is_given_before_sending_only(stage):
    assert advice(stage) == (ADVICE if stage in {"interested", "preparing"} else "")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("", []),
        (" , ;\n", []),
        ("vision, #nlp,Vision ,  graph   learning", ["vision", "nlp", "graph learning"]),
        ("ML; ml\nMl", ["ML"]),
    ],
)
def test_tags_are_read_as_typed_and_counted_once(text, tags):
    assert read_tags(text) == tags


@given(st.lists(st.text(max_size=LONGEST_TAG), max_size=12))
def test_tags_that_were_read_read_the_same_again(words):
    tags = read_tags(write_tags(words))
    assert read_tags(write_tags(tags)) == tags


def test_lines_lose_bullets_and_numbers_but_not_years():
    pasted = (
        "- Python\n * PyTorch or JAX \n\n1. 2 first-author papers\n2) 3 years of a PhD\n•Python\n3 talks\n\u2014 Care"
    )
    lines = ["Python", "PyTorch or JAX", "2 first-author papers", "3 years of a PhD", "3 talks", "Care"]
    assert read_lines(pasted) == lines


@given(st.text())
def test_lines_are_never_empty_and_never_twice(text):
    lines = read_lines(text)
    assert (all(lines), len({line.casefold() for line in lines}), once(lines)) == (True, len(lines), lines)
