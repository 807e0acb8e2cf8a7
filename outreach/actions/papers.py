"""Takes authors of papers that were read into a student's people."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from applications.models import Application
from companies.naming import match_key
from outreach.actions.people import Facts, add_contact
from outreach.choices import How
from outreach.models import Contact, Paper
from outreach.reading import Author, Work


@dataclass(frozen=True, slots=True)
class Pick:
    """One author who was ticked, and where they work as it was typed."""

    work: Work
    author: Author
    place: str = ""


@transaction.atomic
def add_authors(
    *, picks: Sequence[Pick], by: User, at: dt.datetime, application: Application | None = None
) -> list[Contact]:
    """Add who was ticked, with their papers; somebody who is there by name gets the paper. All or nobody.

    application: the one that they may help with.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    people = []
    for pick in picks:
        paper = _paper(pick.work, by)
        contact = known_author(pick.author, by) or _added(pick, paper, by, at)
        contact.papers.add(paper)
        if application is not None:
            contact.applications.add(application)
        people.append(contact)
    return people


def known_author(author: Author, student: User) -> Contact | None:
    """Return who of one's own people is this author: of the same name, or the only one whose initial it may be."""
    if not author.key:  # a name without letters is nobody else's
        return Contact.objects.visible_to(student).filter(name=author.name).order_by("pk").first()
    alike = list(Contact.objects.visible_to(student).filter(key=author.key).order_by("pk")[:2])
    same = next((one for one in alike if one.name.casefold() == author.name.casefold()), None)
    return same or (alike[0] if len(alike) == 1 and _is_initial(author, alike[0].name) else None)


def _is_initial(author: Author, name: str) -> bool:
    """Say whether one of both names gives nothing but an initial: "J. Müller" beside "Jörg Müller"."""
    firsts = [words.partition(" ")[0].replace(".", "") for words in (author.given, name)]
    return min(map(len, firsts)) <= 1


def _added(pick: Pick, paper: Paper, by: User, at: dt.datetime) -> Contact:
    said = f"Paper: {paper.title}{f', {paper.source}' if paper.source else ''}"
    facts = Facts(name=pick.author.name, how=How.PAPER, work=pick.place, source=said[:300])
    return add_contact(facts=facts, by=by, at=at)


def _paper(work: Work, student: User) -> Paper:
    key = work.doi or (f"arxiv:{work.arxiv}" if work.arxiv else match_key(work.title) or work.title)
    facts = {
        "title": work.title,
        "authors": [author.name for author in work.authors],
        "venue": work.venue,
        "year": work.year,
        "doi": work.doi,
        "arxiv": work.arxiv,
        "url": work.url if work.url.startswith(("https://", "http://")) else "",
    }
    paper, _made = Paper.objects.get_or_create(student=student, key=key[:500], defaults=facts)
    return paper
