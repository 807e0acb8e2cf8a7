"""The order by research: what it must do whatever the texts are, and how quick it is."""

import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from companies.closeness import Index, terms_of, weigh

TEXTS = st.lists(
    st.lists(st.sampled_from("graph learning neural operators speech policy robots kestrel tide".split()), max_size=8),
    min_size=1,
    max_size=12,
)


def index_of(texts):
    index = Index()
    for number, text in enumerate(texts):
        index.put(number, terms_of(text))
    return index


def test_endings_accents_and_small_words_do_not_matter():
    assert terms_of("Policies for the Zürich networks")["policy"] == 1
    assert set(terms_of("Graph neural networks")) == {"graph", "neural", "network", "graph neural", "neural network"}
    assert terms_of("the research of a PhD student") == Counter()


def test_the_rarer_word_counts_more_and_is_named_first():
    texts = ["Speech recognition", *["Robot control"] * 8, "Robot speech"]
    found = index_of(texts).closest(weigh((["speech", "robots"], 1)), most=10)
    assert (found[0].number, found[0].words) == (9, ("speech", "robot")) or found[0].number == 9
    assert found[1].number == 0
    assert found[1].words == ("speech",)


def test_an_expression_is_named_whole():
    found = index_of(["Intern, reinforcement learning", "Deep learning of learning"]).closest(
        weigh(("We study reinforcement learning for robots.", 1)), most=5
    )
    assert (found[0].number, found[0].words) == (0, ("reinforcement learning",))


@given(TEXTS, st.lists(st.sampled_from("graph speech policy tide nothing".split()), max_size=4))
def test_whatever_is_close_has_a_word_in_common_and_the_order_is_of_weights(texts, own):
    texts = [" ".join(text) for text in texts]
    found = index_of(texts).closest(terms_of(" ".join(own)), most=50)
    assert [one.weight for one in found] == sorted((one.weight for one in found), reverse=True)
    for one in found:
        assert one.words
        assert all(word in terms_of(texts[one.number]) for word in one.words)
        assert all(word in terms_of(" ".join(own)) for word in one.words)
    close = {one.number for one in found}
    for number, text in enumerate(texts):
        assert (number in close) == bool(terms_of(text).keys() & terms_of(" ".join(own)).keys())


@given(TEXTS, TEXTS)
def test_a_text_put_again_is_as_if_it_had_been_put_once(first, second):
    index = index_of([" ".join(text) for text in first])
    for number, text in enumerate(second):
        index.put(number, terms_of(" ".join(text)))
    afresh = index_of([" ".join(text) for text in [*second, *first[len(second) :]]])
    own = terms_of("graph speech policy tide")
    assert len(index) == len(afresh)
    assert {one.number for one in index.closest(own, 50)} == {one.number for one in afresh.closest(own, 50)}


def test_ten_thousand_postings_are_ordered_within_a_tenth_of_a_second():
    words = "graph neural operator speech policy robot vision language protein climate market causal planning".split()
    index = Index()
    for number in range(10_000):
        index.put(number, terms_of(" ".join(words[(number * step) % len(words)] for step in range(1, 9))))
    own = terms_of(" ".join(words * 20))
    took = []
    for _ in range(5):
        began = time.perf_counter()
        index.closest(own, 100)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.1
