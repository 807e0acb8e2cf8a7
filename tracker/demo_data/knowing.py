"""Whom Ada knows: a reviewer, somebody met at a workshop, the authors of a paper, a friend of a friend."""

from accounts.models import User
from applications.choices import WayIn
from applications.models import Application, Event
from outreach.actions import (
    Asked,
    Dates,
    Facts,
    Pick,
    add_authors,
    add_contact,
    expect,
    log_message,
    note_referral,
    save_conference,
    set_standing,
)
from outreach.choices import Said, Standing
from outreach.models import Contact
from outreach.reading import read_papers
from tracker.demo_data.times import Days

_PAPER = """@inproceedings{volkova,
  title = {Shortest paths over graphs that change},
  author = {Volkova, Petra and Bell, Jonas and Sato, Hana},
  booktitle = {Learning on Graphs Conference}, year = {2025}}"""


def know(days: Days) -> None:
    """Tell all of it."""
    ada, at = days.student, days.at
    work = read_papers(_PAPER).works[0]
    petra, _jonas, hana = add_authors(
        picks=[Pick(work, author, "Northlight Labs") for author in work.authors], by=ada, at=at
    )
    met = Facts(
        "Idris Fenn", "event", "Tidewater", "idris@tidewater.example", source="Workshop on speech lattices, programme",
        why="Asked about our ablation after the talk", next_step="Ask about teams in Leith", next_on=days.day(3),
    )  # fmt: skip
    idris = add_contact(facts=met, by=ada, at=at)
    friend = Facts("Lena Moor", "friend", "Veridian", source="Studied with Ines", why="Was an intern there last year")
    lena = add_contact(facts=friend, by=ada, at=at)
    hana_said = "Glad it helped. We spoke on the phone."
    _talk(days, hana, (Said.SENT, -30, "Thanked her for the review."), (Said.TALKED, -28, hana_said))
    _talk(days, petra, (Said.SENT, -20, "Asked about the bound in section 4."))
    _talk(days, idris, (Said.TALKED, -21, "After his talk: they look for somebody with lattices."))
    _talk(days, lena, (Said.SENT, -12, "Would she refer me?"), (Said.ANSWERED, -9, "Yes, with pleasure."))
    set_standing(contact=lena, standing=Standing.REFERRED, by=ada)
    _wait_for_jonas(days)
    _meet(days, petra, idris)


def _wait_for_jonas(days: Days) -> None:
    """Note whose referral the application at Kestrel is held for, and until when."""
    ada, at = days.student, days.at
    facts = Facts("Jonas Weber", "alumni", "Kestrel", source="Spoke at the alumni evening", why="Leads applied science")
    jonas = add_contact(facts=facts, by=ada, at=at)
    _talk(days, jonas, (Said.SENT, -10, "Asked for a referral."), (Said.ANSWERED, -9, "He asks the hiring manager."))
    set_standing(contact=jonas, standing=Standing.TALKING, by=ada)
    held = Application.objects.visible_to(ada).select_related("company").get(company__name="Kestrel", on_hold=True)
    asked = Asked(WayIn.ASKED, on_hold=True, hold_until=days.day(6))
    note_referral(contact=jonas, application=held, asked=asked, by=ada, at=at)
    Application.objects.filter(pk=held.pk).update(referral_on=days.day(-10))
    Event.objects.filter(application=held, recorded_at__gt=at).update(recorded_at=at)


def _meet(days: Days, *people: Contact) -> None:
    """Go to a workshop where two of them will be."""
    begins, ends = days.day(18), days.day(20)
    dates = Dates("Workshop on Learning over Graphs", begins, ends, "Tübingen")
    workshop = save_conference(dates=dates, by=days.student, at=days.at)
    for one in people:
        expect(conference=workshop, name=one.name, by=days.student)


def _talk(days: Days, contact: Contact, *said: tuple[Said, int, str]) -> None:
    by: User = days.student
    for kind, day, text in said:
        log_message(contact=contact, kind=kind, on=days.day(day), text=text, by=by, today=days.today)
