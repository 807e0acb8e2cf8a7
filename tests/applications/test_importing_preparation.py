"""Preparation sets as data: what ships, the import, what a curator keeps."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from applications.interviews.prepsets import read_sets
from applications.models import InterviewRound, PrepSet, PrepSetItem
from companies.cells import UnreadableFileError
from tests.factories import TODAY
from tests.words import BANNED

OURS = Path("applications/data/preparation.json")
KINDS = InterviewRound.Kind.values
PEOPLE = [value for value in InterviewRound.With.values if value]

pytestmark = pytest.mark.django_db


def one_set(**more):
    return {"slug": "coding", "name": "Coding", "kind": "coding", "items": [{"text": "Graphs", "minutes": 45}], **more}


def run(*arguments, **options):
    out = io.StringIO()
    call_command("import_preparation", *arguments, stdout=out, **options)
    return out.getvalue().strip()


@pytest.fixture
def file(tmp_path):
    def file(*sets):
        path = tmp_path / "sets.json"
        path.write_text(json.dumps({"sets": sets}))
        return str(path)

    return file


def rows():
    sets = list(PrepSet.objects.order_by("pk").values_list())
    return sets, list(PrepSetItem.objects.order_by("pk").values_list())


def test_ours_is_taken_and_a_second_time_nothing_changes():
    assert run() == "Read 20 sets: 20 created, 0 updated, 0 unchanged."
    before = rows()
    assert run() == "Read 20 sets: 0 created, 0 updated, 20 unchanged."
    assert rows() == before


def test_ours_has_a_plan_for_every_kind_and_speaks_as_the_house_does():
    run()
    with_plan = set(PrepSet.objects.filter(is_suggested=True).values_list("kind", flat=True))
    assert set(KINDS) - with_plan == {"other"}
    assert set(PrepSet.objects.exclude(with_whom="").values_list("with_whom", flat=True)) == set(PEOPLE)
    texts = [*PrepSetItem.objects.values_list("text", flat=True), *PrepSet.objects.values_list("about", flat=True)]
    assert [text for text in texts if BANNED.search(text)] == []


def test_ours_leads_to_the_books_and_exercises_themselves():
    run()
    hosts = {url.split("/")[2] for url in PrepSetItem.objects.exclude(url="").values_list("url", flat=True)}
    assert hosts == {"www.cs.huji.ac.il", "www.deeplearningbook.org", "leetcode.com"}


def test_a_first_plan_of_ours_is_an_evening_or_a_few_not_a_month():
    run()
    for kind in KINDS:
        suggested = PrepSetItem.objects.filter(prep_set__kind__in=[kind, ""], prep_set__is_suggested=True)
        assert sum(suggested.values_list("minutes", flat=True)) <= 10 * 60, kind


def test_a_changed_set_is_updated_and_its_items_keep_their_keys(file):
    run(file(one_set(items=[{"text": "Graphs"}, {"text": "Trees"}])))
    keys = dict(PrepSetItem.objects.values_list("text", "pk"))
    changed = one_set(name="Code", items=[{"text": "Trees", "minutes": 60}, {"text": "Heaps"}, {"text": "Graphs"}])
    assert run(file(changed)) == "Read 1 sets: 0 created, 1 updated, 0 unchanged."
    items = list(PrepSetItem.objects.order_by("position").values_list("text", "minutes", "position"))
    assert items == [("Trees", 60, 0), ("Heaps", 30, 1), ("Graphs", 30, 2)]
    assert {"Trees": keys["Trees"], "Graphs": keys["Graphs"]}.items() <= dict(
        PrepSetItem.objects.values_list("text", "pk")
    ).items()


def test_what_a_curator_changed_is_left_alone(file):
    run(file(one_set()))
    PrepSet.objects.update(name="Ours", checked_on=TODAY)
    said = run(file(one_set(name="Theirs")))
    assert said == "Read 1 sets: 0 created, 0 updated, 0 unchanged, 1 left as a curator keeps them."
    assert PrepSet.objects.get().name == "Ours"


def test_a_dry_run_writes_nothing_and_json_is_one_object(file):
    assert run(file(one_set()), dry_run=True).startswith("Dry run: nothing was written.")
    assert PrepSet.objects.count() == 0
    report = {"read": 1, "created": 1, "updated": 0, "unchanged": 0, "kept": 0}
    assert json.loads(run(file(one_set()), json=True)) == report


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"slug": None}, "Set 2: slug is missing."),
        ({"slug": "Two Words"}, "Set 2: slug may have small letters, digits and hyphens"),
        ({"slug": "coding"}, "Set 2: coding stands there twice."),
        ({"kind": "duel"}, "Set 2: kind is 'duel'; write one of recruiter, research"),
        ({"with_whom": "robot"}, "Set 2: with_whom is 'robot'"),
        ({"name": "x" * 121}, "Set 2: name has 121 characters; write at most 120."),
        ({"suggested": "yes"}, "Set 2: suggested is a text; write true or false."),
        ({"source_url": "javascript:alert(1)"}, "Set 2: "),
        ({"items": []}, "Set 2: items should be a list of 1 to 60 things to do."),
        ({"items": "Graphs"}, "Set 2: items should be a list"),
        ({"items": [{"text": "A"}] * 61}, "Set 2: items should be a list"),
        ({"items": [{"text": "A"}, {"text": "A"}]}, "Set 2: two items have the same text."),
        ({"items": [{"text": "A", "minutes": 0}]}, "Set 2: item 1: minutes should be a whole number from 1 to 600."),
        ({"items": [{"text": "A", "minutes": True}]}, "Set 2: item 1: minutes"),
        ({"items": [{"text": "A", "minutes": "9"}]}, "Set 2: item 1: minutes"),
        ({"items": [{"text": "A\0"}]}, "Set 2: item 1: text holds a NUL character"),
        ({"items": [{"text": "\ud800"}]}, "Set 2: item 1: text holds half a character"),
        ({"items": [{"minutes": 3}]}, "Set 2: item 1: text is missing."),
        ({"items": ["A"]}, "Set 2: item 1: it is a text; write an object"),
        ({"items": [{"text": "A", "url": "ftp://x.example"}]}, "Set 2: item 1: "),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole(file, wrong, sentence):
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(file(one_set(), one_set(slug="other") | wrong))
    assert PrepSet.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"{", "This is not complete JSON"),
        (b"\xff\xfe\x00", "was not imported."),
        (b"[]", "This is no list of sets"),
        (b'{"sets": []}', "This is no list of sets"),
        (b'{"sets": [3]}', "Set 1: The row is a number"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, content, sentence):
    path = tmp_path / "sets.json"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=re.escape(sentence)):
        run(str(path))


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(CommandError, match=re.escape("nowhere.json cannot be opened: No such file or directory.")):
        run("nowhere.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
ROWS = st.lists(
    st.dictionaries(st.sampled_from(["slug", "name", "kind", "items", "suggested"]), JSON) | JSON, max_size=3
)


@given(JSON | st.fixed_dictionaries({"sets": ROWS}))
def test_any_json_is_read_or_refused_in_a_sentence(content):
    try:
        entries = read_sets(content, kinds=KINDS, people=PEOPLE)
    except UnreadableFileError:
        return
    assert entries
