"""One application hidden from one supervisor, or shown with its pay; "See it as"; and who looked."""

import datetime as dt
import re

import pytest
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from applications.models import Application, Offer
from applications.queries.sql import fetch
from reminders.actions.replaying import catch_up
from supervision import actions
from supervision.level import Level
from supervision.models import Look, SharingException
from supervision.queries import road
from supervision.queries.counts import figures_by_student
from tests.factories import NOW, TODAY, ApplicationFactory, CompanyFactory, RoundFactory, UserFactory
from tracker.lib.errors import DomainError

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def tidewater(ada, season):
    one = ApplicationFactory(
        student=ada, company=CompanyFactory(name="Tidewater"), role="Speech intern", stage="offer",
        applied_on=dt.date(2026, 10, 20), closes_on=TODAY + dt.timedelta(days=3),
    )  # fmt: skip
    Offer.objects.create(application=one, pay=5_000, currency="GBP", advice="CANARY-advice", mentor="CANARY-mentor")
    RoundFactory(application=one)
    return one


@pytest.fixture
def other(ada):
    return ApplicationFactory(
        student=ada, company=CompanyFactory(name="Kestrel"), role="Vision intern", stage="applied"
    )


def except_(supervision, application, ada, *, is_hidden=False, shows_pay=False, at=NOW):
    return actions.set_exception(
        supervision=supervision, application=application, is_hidden=is_hidden, shows_pay=shows_pay, by=ada, at=at
    )


def page_of(client, student, application=None):
    more = f"applications/{application.public_id}/" if application else ""
    return client.get(f"/supervision/{student.public_id}/{more}")


def test_what_is_hidden_is_nowhere_and_in_no_number(ada, grace, sam, tidewater, other, share, client_of, clock):
    supervision, seen = share(ada, grace, "details"), share(ada, sam, "details")
    assert page_of(client_of(grace), ada, tidewater).status_code == 200
    client_of(ada).post(f"/sharing/applications/{tidewater.public_id}/", {f"{supervision.public_id}-hidden": "on"})
    assert page_of(client_of(grace), ada, tidewater).status_code == 404
    text = page_of(client_of(grace), ada).text
    assert ("Tidewater" in text, "Kestrel" in text) == (False, True)
    assert figures_by_student([supervision], on=TODAY)[ada.pk].words == "1 Applied"
    assert figures_by_student([supervision], on=TODAY)[ada.pk].closes_on is None
    assert figures_by_student([supervision], on=TODAY, at=NOW)[ada.pk].interview_at is None
    assert "0 sent in it." in text
    assert "1 Applied" in client_of(grace).get("/supervision/").text
    assert "Tidewater" in page_of(client_of(sam), ada).text, "the other supervisor sees it"
    assert figures_by_student([seen], on=TODAY, at=NOW)[ada.pk].interview_at
    client_of(ada).post(f"/sharing/applications/{tidewater.public_id}/", {})
    assert page_of(client_of(grace), ada, tidewater).status_code == 200


@pytest.mark.parametrize(
    ("level", "shown"), [("nothing", None), ("summary", None), ("stages", True), ("details", True)]
)
def test_pay_is_read_where_it_was_ticked_and_the_level_opens_the_application(
    ada, grace, tidewater, share, client_of, clock, level, shown
):
    supervision = share(ada, grace, level)
    before = page_of(client_of(grace), ada, tidewater)
    assert "5,000" not in before.text
    except_(supervision, tidewater, ada, shows_pay=True)
    after = page_of(client_of(grace), ada, tidewater)
    assert (after.status_code, "5,000 GBP a month" in after.text) == ((200, True) if shown else (404, False))
    assert "CANARY" not in after.text
    Offer.objects.update(pay=None, currency="")
    assert "GBP" not in page_of(client_of(grace), ada, tidewater).text


def test_the_record_of_consent_tells_of_each(ada, grace, tidewater, share, client_of, clock):
    supervision = share(ada, grace, "stages")
    student, where = client_of(ada), f"/sharing/applications/{tidewater.public_id}/"
    key = supervision.public_id
    student.post(where, {f"{key}-hidden": "on"})
    student.post(where, {f"{key}-pay": "on"})
    student.post(where, {})
    student.post(where, {})
    text = student.get("/sharing/").text
    told = [
        "You hid Speech intern, Tidewater from", "You stopped hiding Speech intern", "the pay of Speech intern",
        "You stopped showing",
    ]  # fmt: skip
    assert [text.count(words) for words in told] == [1, 1, 2, 1]
    assert supervision.events.filter(application=tidewater, wording="2026-09").count() == 4


@pytest.mark.parametrize(
    ("sent", "status", "sentence"),
    [
        (["hidden", "pay"], 422, "cannot see the pay of what is hidden"),
        (["hidden"], 302, ""),
        ([], 302, ""),
    ],
)
def test_both_at_once_are_refused(ada, grace, tidewater, share, client_of, clock, sent, status, sentence):
    supervision = share(ada, grace, "stages")
    answer = client_of(ada).post(
        f"/sharing/applications/{tidewater.public_id}/", {f"{supervision.public_id}-{name}": "on" for name in sent}
    )
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert SharingException.objects.count() == (sent == ["hidden"])


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_a_fixed_number_of_questions(ada, tidewater, share, client_of, clock, count, django_assert_num_queries):
    for _ in range(count):
        except_(share(ada, UserFactory(), "stages"), tidewater, ada, shows_pay=True)
    student, where = client_of(ada), f"/sharing/applications/{tidewater.public_id}/"
    student.get(where)
    with django_assert_num_queries(7):  # session, person, bell, application, offer, supervisors, exceptions
        assert student.get(where).text.count(" checked") == count


def test_only_ones_own_and_only_while_it_stands(ada, grace, mallory, tidewater, share, client_of, clock):
    supervision = share(ada, grace, "stages")
    where = f"/sharing/applications/{tidewater.public_id}/"
    assert [client_of(who).get(where).status_code for who in (mallory, grace)] == [404, 404]
    assert client_of(ada).get(where).status_code == 200
    with pytest.raises(DomainError, match="no pay to show"):
        except_(supervision, ApplicationFactory(student=ada), ada, shows_pay=True)
    actions.end(supervision=supervision, by=ada, at=NOW)
    with pytest.raises(DomainError, match="has ended"):
        except_(supervision, tidewater, ada, is_hidden=True)


def main(response):
    """Return what the page says, without where its links lead and without the banner of a preview."""
    tree = HTMLParser(response.content.decode())
    for node in tree.css("[data-preview], nav"):
        node.decompose()
    return re.sub(r"\s+", " ", tree.css_first("main").text(separator=" "))


@pytest.mark.parametrize("level", ["summary", "stages", "details"])
def test_see_it_as_shows_what_they_see(ada, grace, tidewater, other, share, client_of, clock, level):
    supervision = share(ada, grace, level)
    except_(supervision, other, ada, is_hidden=True)
    except_(supervision, tidewater, ada, shows_pay=True)
    mine, theirs = client_of(ada), client_of(grace)
    preview = mine.get(f"/sharing/{supervision.public_id}/preview/")
    assert main(preview) == main(page_of(theirs, ada))
    assert "This is what" in preview.text
    for application in (tidewater, other):
        shown = mine.get(f"/sharing/{supervision.public_id}/preview/{application.public_id}/")
        real = page_of(theirs, ada, application)
        assert shown.status_code == real.status_code
        if real.status_code == 200:
            assert main(shown) == main(real)
            assert f"/preview/{application.public_id}/" in preview.text


def test_see_it_as_of_nothing_and_of_others(ada, grace, mallory, share, client_of, clock):
    supervision = share(ada, grace, "nothing")
    where = f"/sharing/{supervision.public_id}/preview/"
    assert "your page is not found" in client_of(ada).get(where).text
    assert [client_of(who).get(where).status_code for who in (grace, mallory)] == [404, 404]
    actions.end(supervision=supervision, by=ada, at=NOW)
    assert client_of(ada).get(where).status_code == 404


def test_each_look_is_written_down_and_the_student_reads_it(ada, grace, mallory, tidewater, share, client_of, clock):
    supervision = share(ada, grace, "stages")
    student, supervisor = client_of(ada), client_of(grace)
    assert "Nobody looked yet" in student.get("/sharing/log/").text
    student.get(f"/sharing/{supervision.public_id}/preview/")
    page_of(client_of(mallory), ada)
    assert Look.objects.count() == 0
    for _ in range(2):
        supervisor.get("/supervision/")
        page_of(supervisor, ada)
        page_of(supervisor, ada, tidewater)
    assert Look.objects.count() == 3
    clock.move_to(NOW + HOUR + dt.timedelta(minutes=1))
    page_of(supervisor, ada)
    assert Look.objects.count() == 4
    text = student.get("/sharing/log/").text
    assert text.count(str(grace)) >= 4
    for words in ("Speech intern, Tidewater", "Your page", "Your line in their list"):
        assert words in text
    assert "Tidewater" not in client_of(mallory).get("/sharing/log/").text


def test_who_may_not_look_leaves_no_look(ada, grace, tidewater, share, client_of, clock):
    supervision = share(ada, grace, "summary")
    assert page_of(client_of(grace), ada, tidewater).status_code == 404
    actions.end(supervision=supervision, by=ada, at=NOW)
    assert page_of(client_of(grace), ada).status_code == 404
    client_of(grace).get("/supervision/")
    assert Look.objects.count() == 0


def test_a_restored_backup_hides_what_was_hidden(
    ada, grace, tidewater, share, clock, settings, tmp_path, transactional_db
):
    settings.JOURNAL_ROOT = str(tmp_path)
    supervision = share(ada, grace, "stages")
    except_(supervision, tidewater, ada, is_hidden=True)
    SharingException.objects.all().delete()
    supervision.events.all().delete()
    catch_up(at=NOW + HOUR)
    assert SharingException.objects.get().is_hidden
    assert Application.objects.get(pk=tidewater.pk)
    assert catch_up(at=NOW + HOUR) == 0


def test_co_supervisors_and_a_second_student_do_not_mix(ada, mallory, grace, tidewater, share, client_of, clock):
    share(ada, grace, "stages")
    theirs = share(mallory, grace, "stages")
    own = ApplicationFactory(student=mallory, company=CompanyFactory(name="Ebb"))
    except_(theirs, own, mallory, is_hidden=True)
    text = client_of(grace).get("/supervision/").text
    assert "1 Offer" in text
    assert UserFactory().pk
    assert "Ebb" not in page_of(client_of(grace), mallory).text


@pytest.mark.parametrize("level", list(Level))
def test_numbers_count_what_the_road_opens(ada, grace, sam, share, level):
    # The road is written twice: for lists, and as SQL for numbers. With a hidden one, and with an ended sharing.
    for supervisor, ends in ((grace, False), (sam, True)):
        supervision = share(ada, supervisor, level)
        _, hidden = ApplicationFactory.create_batch(2, student=ada, stage="applied")
        except_(supervision, hidden, ada, is_hidden=True)
        if ends:
            actions.end(supervision=supervision, by=ada, at=NOW)
        for levels in (road.COUNTS, road.ROUNDS):
            listed = road.counted([supervision], levels)
            facts = {"supervisions": [supervision.pk], "levels": levels}
            opened = f"{road.STANDS.format(levels='levels')} AND NOT {road.HIDDEN}"
            told = fetch(f"SELECT a.id FROM applications_application a WHERE {opened} ORDER BY a.id", facts)
            assert [pk for (pk,) in told] == list(listed.order_by("pk").values_list("pk", flat=True))
            assert bool(told) == (level in levels and not ends)
