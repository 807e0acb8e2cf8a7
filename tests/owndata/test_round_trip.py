"""An archive holds all that is somebody's, and comes back as it was."""

import json
import re

import pytest
from django.apps import apps
from django.contrib.admin.utils import NestedObjects
from django.db import models

from accounts.models import User
from applications.actions.keeping import content_of
from applications.models import Application, DocumentVersion
from owndata.tables import BROUGHT, LEFT_OUT, TABLES
from tests.archives import unzipped, zipped

OURS = (
    "accounts",
    "companies",
    "applications",
    "outreach",
    "imports",
    "supervision",
    "reminders",
    "webhooks",
    "account",
    "socialaccount",
)
# Rows that name a person for what they did for all, not for what is theirs.
OF_ALL = {
    "Alias", "Company", "Cycle", "CycleMove", "Department", "Feed", "Merge", "PartMerge", "Paper of companies",
    "Posting", "Programme", "Team", "CohortFigure", "PrepSetItem", "EmailConfirmation", "SocialToken",
}  # fmt: skip
ID = re.compile(r'"([2-9a-z]{12})"')


def name_of(model):
    return "Paper of companies" if model._meta.label == "companies.Paper" else model.__name__


def leads_to_a_person(model, seen=()):
    """Say whether the rows of a model hang on somebody, at whatever distance."""
    for column in model._meta.concrete_fields:
        other = column.related_model if column.remote_field else model
        if other not in (*seen, model) and (other is User or leads_to_a_person(other, (*seen, model))):
            return True
    return False


def alike(files):
    """Return the tables that come back as text, with every id replaced by the place where it first stood."""
    text = json.dumps({name: data for name, data in sorted(files.items()) if name.startswith("data/")}, sort_keys=True)
    ids = dict.fromkeys(row["id"] for name, data in files.items() if name.startswith("data/") for row in data)
    places = {one: f"#{place}" for place, one in enumerate(ids)}
    return re.sub(r"[2-9a-z]{12}", lambda found: places.get(found[0], found[0]), text)


def test_every_table_with_rows_of_people_is_told_or_left_out_for_a_reason():
    people = {
        name_of(model)
        for model in apps.get_models()
        if model._meta.app_label in OURS and (model is User or leads_to_a_person(model))
    }
    assert people - OF_ALL == {table.model.__name__ for table in TABLES} | set(LEFT_OUT)


def test_every_table_that_comes_back_is_tried(demo_ada):
    empty = {table.name for table in BROUGHT if not table.rows(demo_ada).exists()}
    assert empty == set()


def test_an_archive_comes_back_as_it_was_but_for_ids(demo_ada, newcomer, exported, brought):
    first = exported(demo_ada)
    became = brought(newcomer, first)
    assert (became.problem, became.counts["left"]) == ("", 0)
    there, here = unzipped(first), unzipped(exported(newcomer))
    assert alike(here) == alike(there)
    assert sum(len(data) for name, data in here.items() if name.startswith("data/")) > 200
    assert sorted(data for name, data in here.items() if name.startswith("documents/")) == sorted(
        data for name, data in there.items() if name.startswith("documents/")
    )


def test_what_was_brought_is_as_good_as_the_first(demo_ada, newcomer, exported, brought, client_of):
    brought(newcomer, exported(demo_ada))
    mine = Application.objects.visible_to(newcomer)
    assert mine.count() == Application.objects.visible_to(demo_ada).count()
    pages = ["/today/", "/applications/board/", "/window/", "/people/", "/offers/", "/insights/", "/documents/"]
    pages += [f"/applications/{one.public_id}/" for one in mine]
    client = client_of(newcomer)
    assert {client.get(page).status_code for page in pages} == {200}
    assert all(content_of(version) for version in DocumentVersion.objects.visible_to(newcomer))


def test_the_archive_holds_every_text_that_would_go_with_the_account(demo_ada, exported):
    collector = NestedObjects(using="default")
    collector.collect([demo_ada])
    told = json.dumps([data for name, data in unzipped(exported(demo_ada)).items() if name.endswith(".json")])
    known = {table.model: table for table in TABLES}
    missing = set()
    for model, rows in collector.data.items():
        table = known.get(model)
        for row in rows if table else ():
            missing |= {
                f"{table.name}.{column.name}"
                for column in model._meta.concrete_fields
                if isinstance(text := getattr(row, column.attname), str)
                and column.name not in table.leaves_out
                and json.dumps(text)[1:-1] not in told
            }
    assert missing == set()


def test_tables_for_spreadsheets_have_the_same_rows(demo_ada, exported):
    files = unzipped(exported(demo_ada))
    lines = files["csv/applications.csv"].decode().count("\r\n")
    assert lines >= 1 + len(files["data/applications.json"])
    assert files["README.txt"].decode().count("\n---") >= len(TABLES)
    assert files["manifest.json"]["tables"]["applications"] == len(files["data/applications.json"])


def test_the_site_of_another_list_gets_companies_as_ones_own_and_leaves_out_what_it_does_not_have(
    demo_ada, newcomer, exported, brought
):
    files = unzipped(exported(demo_ada))
    for row in files["data/applications.json"]:
        row["company"] = {"name": f"{row['company']['name']} Elsewhere", "slug": "elsewhere"}
        row["team"] = row["posting"] = None
    for row in files["data/season_plans.json"]:
        row["season"] = {"name": "Summer 2061", "slug": "summer-2061"}
    became = brought(newcomer, zipped(files))
    assert (became.problem, became.counts["left"]) == ("", len(files["data/season_plans.json"]))
    mine = Application.objects.visible_to(newcomer).select_related("company")
    assert {one.company.name.endswith("Elsewhere") for one in mine} == {True}
    assert {one.company.approved_at for one in mine} == {None}


def test_a_column_that_an_older_archive_lacks_gets_its_usual_value(demo_ada, newcomer, exported, brought):
    files = unzipped(exported(demo_ada))
    for row in files["data/applications.json"]:
        del row["referral_on"], row["tags"], row["hours"]
    assert brought(newcomer, zipped(files)).problem == ""
    assert set(Application.objects.visible_to(newcomer).values_list("referral_on", "hours")) == {(None, "")}


@pytest.mark.parametrize("table", BROUGHT, ids=lambda table: table.name)
def test_no_column_of_a_table_is_forgotten(table):
    columns = {column.name for column in table.model._meta.concrete_fields} - {table.model._meta.pk.name}
    assert columns - {column.name for column in table.fields()} == set(table.leaves_out) - {
        one.name for one in table.model._meta.many_to_many
    }
    assert all(isinstance(column, models.Field) for column in table.fields())
