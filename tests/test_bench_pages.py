"""Every page of the bench and its floor answer, so that a new column is noticed here and not when somebody measures."""

import pytest
from django.test import Client, override_settings

from bench import bulk, data
from bench.pages import counted, cut_shells, plans
from tracker.lib import clock


@pytest.fixture
def measured(db, monkeypatch, tmp_path):
    monkeypatch.setattr(data, "STUDENTS", 10)
    monkeypatch.setattr(data, "APPLICATIONS", 60)
    monkeypatch.setattr(data, "LARGE", 100)
    monkeypatch.setattr(data, "POSTINGS", 60)
    bars = bulk.import_bars(clock.now())
    found = plans(data.make(clock.now()))
    cut_shells(found, tmp_path / "shells.json")
    monkeypatch.setenv("BENCH_SHELLS", str(tmp_path / "shells.json"))
    return bars, found


def test_pages_and_floors_answer_with_about_the_same_bytes(measured):
    from bench.floors.page import shells

    shells.cache_clear()
    bars, found = measured
    assert [bar.key for bar in bars] == ["P8", "P8"]
    for plan in found:
        client = Client()
        client.force_login(plan.reader)
        page = client.get(plan.path).content.decode()
        assert counted(plan, plan.path) <= 8, plan.name
        with override_settings(ROOT_URLCONF="bench.urls"):
            floor = client.get(plan.floor).content.decode()
        assert floor.startswith("<!doctype html>")
        assert abs(len(floor) - len(page)) < len(page) / 2, plan.name
