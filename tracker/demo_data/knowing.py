"""Whom Ada knows: a reviewer, somebody met at a workshop, the authors of a paper, a friend of a friend."""

from accounts.models import User
from outreach.actions import Facts, Pick, add_authors, add_contact, log_message, set_standing
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
    _talk(days, hana, (Said.SENT, -30, "Thanked her for the review."), (Said.ANSWERED, -28, "Glad it helped."))
    _talk(days, petra, (Said.SENT, -16, "Asked about the bound in section 4."), (Said.FOLLOW_UP, -2, ""))
    _talk(days, idris, (Said.TALKED, -21, "After his talk: they look for somebody with lattices."))
    _talk(days, lena, (Said.SENT, -12, "Would she refer me?"), (Said.ANSWERED, -9, "Yes, with pleasure."))
    set_standing(contact=lena, standing=Standing.REFERRED, by=ada)


def _talk(days: Days, contact: Contact, *said: tuple[Said, int, str]) -> None:
    by: User = days.student
    for kind, day, text in said:
        log_message(contact=contact, kind=kind, on=days.day(day), text=text, by=by, today=days.today)
