"""What students suggested to the shared list: some of it waits for Cora, some of it she answered."""

import datetime as dt

from accounts.models import User
from companies.actions import (
    approve_proposal,
    ask_proposer,
    propose_change,
    propose_company,
    propose_new,
    report_posting,
)
from companies.models import Company, Posting, Proposal

_DAY, _HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def suggest(*, ada: User, mallory: User, cora: User, at: dt.datetime) -> None:
    """Fill the queue, and answer two of Ada's."""
    _answered(ada, cora, at)
    _companies(ada, mallory, at)
    propose_change(
        of=_firm("Tidewater"),
        values={"careers_url": "https://jobs.tidewater.example/research/", "city": "Leith"},
        why="They moved; the old page says so.",
        source_url="https://tidewater.example/news/we-have-moved",
        by=ada,
        at=at - 2 * _DAY,
    )
    propose_new(
        subject=Proposal.Subject.TEAM,
        company=_firm("Kestrel"),
        values={"name": "Flood Mapping", "topics": ["remote sensing", "hydrology"], "place": "Berlin"},
        why="",
        source_url="https://kestrel.example/teams/floods",
        by=mallory,
        at=at - 26 * _HOUR,
    )
    stale = Posting.objects.filter(company=_firm("Sable Compute"), is_open=True).order_by("posted_at").first()
    if stale:
        report_posting(posting=stale, what="The link leads nowhere", by=mallory, at=at - 4 * _HOUR)


def _companies(ada: User, mallory: User, at: dt.datetime) -> None:
    propose_company(
        name="Harbourline Robotics",
        website="https://harbourline.example/",
        why="Two of their people gave talks at the robot learning workshop and take PhD interns in Bergen.",
        by=mallory,
        at=at - 3 * _DAY,
    )
    propose_company(
        name="North Light Laboratories",
        website="https://northlight-labs.example/",
        why="Is this another one than Northlight Labs?",
        by=ada,
        at=at - 5 * _HOUR,
    )


def _answered(ada: User, cora: User, at: dt.datetime) -> None:
    helio = _firm("Helio Research")
    taken = propose_change(
        of=helio,
        values={"topics": [*helio.topics, "sampling"]},
        why="Three of their papers this year are about sampling.",
        source_url="https://helio-research.example/papers",
        by=ada,
        at=at - 8 * _DAY,
    )
    helio.topics = taken.values["topics"]
    approve_proposal(proposal=taken, fact=helio, by=cora, at=at - 6 * _DAY)
    asked = propose_new(
        subject=Proposal.Subject.PROGRAMME,
        company=_firm("Halden Maps"),
        values={"name": "Winter residency", "kind": "visit", "max_weeks": 12},
        why="A friend told me.",
        source_url="",
        by=ada,
        at=at - 5 * _DAY,
    )
    ask_proposer(proposal=asked, answer="Where did you read of it? A link would do.", by=cora, at=at - 4 * _DAY)


def _firm(name: str) -> Company:
    return Company.objects.get(name=name)
