"""Papers out of whatever is pasted: what can be read is read, the rest is listed with its line and why."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from outreach.reading import Author, arxiv_in, doi_in, read_papers

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers"
BIBTEX, RIS = ((PAPERS / f"papers.{kind}").read_text() for kind in ("bib", "ris"))


def told(work):
    names = "; ".join(f"{one.family}, {one.given}" if one.given else one.family for one in work.authors)
    return f"{work.title} | {names} | {work.venue} | {work.year}"


def names(text):
    return [one.name for work in read_papers(text).works for one in work.authors]


def entry(author="Ann Bee", title="A title"):
    return f"@article{{x, title = {{{title}}}, author = {{{author}}}}}"


def test_sixty_real_entries_give_authors_title_venue_and_year():
    found = [read_papers(text) for text in (BIBTEX, RIS)]
    assert [reading.problems for reading in found] == [[], []]
    assert [told(work) for reading in found for work in reading.works] == (
        (PAPERS / "papers.txt").read_text().splitlines()
    )
    assert sum(len(reading.works) for reading in found) == 60


def test_broken_entries_are_listed_by_line_and_end_no_others():
    text = """@article{a, title = {Never {closed}, author = {Al Pha}}

@article{b, title = {Good}, author = {Be Ta}}
@article{c, author = {Ga Mma}}
@article{d, title = "Open, author = {De Lta}}
@article{e, title = {Cut off}, author = {Ep Silon}, year = }
@misc(f, title = {In round ones}, author = {Ze Ta})
@article{g, title = {No key}, , , author = {E Ta},}
@article{h, title = {Once}, title = {Twice}, author = {The Ta}}
"""
    reading = read_papers(text)
    assert [work.title for work in reading.works] == ["Good", "Cut off", "In round ones", "No key", "Once"]
    assert [(one.line, one.reason) for one in reading.problems] == [
        (1, "This entry does not end: a closing brace is missing."),
        (4, "This entry has no title."),
        (5, "A quotation mark opens here that nothing closes."),
        (6, "A field of this entry has no value."),
    ]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"G{\"o}del, Kurt", ["Kurt Gödel"]),
        (r'G\"odel, Kurt', ["Kurt Gödel"]),
        (r"{\L}ukasz Kaiser and \O ystein Bj\o rn", ["Łukasz Kaiser", "Øystein Bjørn"]),
        (r"Ho{\`a}ng, Nguy{\~{\^e}}n", ["Nguyễn Hoàng"]),
        (r"{\c S}ahin, \.{I}brahim and Mart{\'\i}n, Jos{\'e}", ["İbrahim Şahin", "José Martín"]),
        ("Ludwig van Beethoven and de la Cruz, Maria", ["Ludwig van Beethoven", "Maria de la Cruz"]),
        ("Bee, Jr., Ann and Cy Dee III", ["Ann Bee", "Cy Dee"]),
        ("{Google Research} and Ann Bee and others", ["Google Research", "Ann Bee"]),
        ('J. M{\\"u}ller and J{\\"o}rg M{\\"u}ller and Jana M{\\"u}ller', ["Jörg Müller", "Jana Müller"]),
        ("Bee, A. and Ann Bee", ["Ann Bee"]),
        ("李飞飞 and Ω🚀 Star and Владимир Вапник", ["李飞飞", "Ω🚀 Star", "Владимир Вапник"]),
        ("Madonna and  and , ", ["Madonna"]),
    ],
)  # fmt: skip
def test_names_are_taken_apart_as_they_are_written(written, read):
    assert names(entry(written)) == read


def test_a_title_and_its_authors_may_be_typed():
    assert names("Deep things\nAnn Bee*, Cy Dee1 and Eve van Eff†") == ["Ann Bee", "Cy Dee", "Eve van Eff"]
    assert names("Deep things\nBee, Ann; Dee, Cy") == ["Ann Bee", "Cy Dee"]
    assert [one.reason for one in read_papers("hello").problems] == ["No authors found in that text. Type the names."]


@pytest.mark.parametrize(
    ("text", "doi", "arxiv"),
    [
        ("https://doi.org/10.1145/3292500.3330701.", "10.1145/3292500.3330701", ""),
        ("DOI: 10.1175/1520-0469(1963)020<0130:DNF>2.0.CO;2", "10.1175/1520-0469(1963)020<0130:dnf>2.0.co;2", ""),
        ("(see doi:10.1000/182)", "10.1000/182", ""),
        ("https://dx.doi.org/10.1000%2F182", "10.1000/182", ""),
        ("https://arxiv.org/pdf/1706.03762v5.pdf", "", "1706.03762"),
        ("arXiv:hep-th/9901001v3", "", "hep-th/9901001"),
        ("math.GT/0309136", "", "math.GT/0309136"),
        ("1706.03762", "", "1706.03762"),
        ("version 10.1 of 2017", "", ""),
    ],
)
def test_identifiers_are_found_with_an_address_around_them(text, doi, arxiv):
    assert (doi_in(text), arxiv_in(text)) == (doi, arxiv)


def test_works_of_two_indexes_are_read_with_affiliations():
    openalex = {"results": [{
        "display_name": "A paper", "publication_year": 2024, "doi": "https://doi.org/10.1000/182",
        "primary_location": {"source": {"display_name": "A journal"}},
        "authorships": [{"author": {"display_name": "Ann Bee"}, "institutions": [{"display_name": "Tidewater"}]}],
    }]}  # fmt: skip
    scholar = {
        "title": "Another", "venue": "NeurIPS", "year": 2023, "externalIds": {"ArXiv": "2301.00001", "CorpusId": 7},
        "authors": [{"name": "C. Dee", "affiliations": ["Marram"]}, {"name": None}],
    }  # fmt: skip
    (one,), (other,) = (read_papers(json.dumps(content)).works for content in (openalex, scholar))
    assert (told(one), one.doi) == ("A paper | Bee, Ann | A journal | 2024", "10.1000/182")
    assert (told(other), other.arxiv) == ("Another | Dee, C. | NeurIPS | 2023", "2301.00001")
    assert [one.authors[0].affiliation, other.authors[0].affiliation] == ["Tidewater", "Marram"]


@pytest.mark.parametrize("content", ["{}", "[1, null]", '{"title": 5, "authors": {}}', '{"data": {"x": 1}}', '["a"'])
def test_json_of_another_shape_is_refused_with_a_sentence(content):
    reading = read_papers(content)
    assert reading.works == []
    assert all(one.reason.endswith(".") for one in reading.problems)
    assert reading.problems


def within_two_seconds(text):
    begun = time.process_time()
    reading = read_papers(text)
    assert time.process_time() - begun < 2
    return reading


def test_five_thousand_entries_are_read_and_no_more():
    one = entry(r"M{\"u}ller, J{\"o}rg and S{\o}ren {\O}stergaard and Garc{\'\i}a, Jos{\'e}", "Neural {Operators}")
    reading = within_two_seconds("\n".join([one] * 5_001))
    assert len(reading.works) == 5_000
    assert [told.reason for told in reading.problems] == ["Only the first 5,000 entries were read."]


@pytest.mark.parametrize(
    "text",
    [
        "@a{" * 100_000, "{" * 300_000, "@a{t={" * 60_000, "@a{x, t=" + "{" * 300_000, "@a{x,t={" + "\\" * 300_000,
        '@a{x,t="' * 50_000, "@article{x, title={t}, author={" + "A B and " * 60_000 + "}}",
        "@article{x, title={t}, author={" + ",".join("A" * 90_000) + "}}", "@a{x," + "t=b#" * 90_000,
        "@string{a = a # a}\n" * 20_000, "TY  - JOUR\n" * 50_000, "TY  - JOUR\nTI  - x\n" + "more\n" * 90_000,
        "TY  - JOUR\n" + "AU  - A, B\n" * 90_000, "[" * 100_000, '{"a":' * 90_000, "x\n" + "A B, " * 90_000,
        "10.1000/" + "(" * 90_000 + ")" * 90_000, "@a{x,title={" + "\\'{" * 90_000, "\n" * 500_000 + "@a{", "1" * 5_000,
    ],
)  # fmt: skip
def test_nothing_hostile_takes_longer(text):
    within_two_seconds(text)


PIECES = st.sampled_from(
    ["@article{", "@string{", "@comment{", "key,", "title", "author", " = ", "{", "}", '"', ",", "#", "\\", "\\'",
     "\\v{", " and ", "others", "Ann Bee", "\n", "TY  - JOUR\n", "AU  - ", "ER  - \n", "TI  - ", "10.1000/", "arXiv:",
     "\x00", "\ud800", "🚀", "(", ")", "2024", "~", "$", "[", ":", "null"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text())
@example("@a{,t=}")
@example("@string(")
@example("TY  - JOUR\nAU  -")
def test_any_text_is_read_or_listed(text):
    reading = read_papers(text)
    for work in reading.works:
        said = [work.title, work.venue, work.url, work.doi, work.arxiv, *(one.name for one in work.authors)]
        assert "\0" not in " ".join(said)
        assert " ".join(said).encode(), "half a character raises"
        assert all(isinstance(one, Author) and one.family == one.family.strip() != "" for one in work.authors)
    assert all(one.line >= 1 and one.reason.endswith(".") for one in reading.problems)
    assert reading.works or reading.problems or "@" in text, "nothing is passed over in silence"
