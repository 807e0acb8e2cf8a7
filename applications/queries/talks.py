"""The teams of one application, as its page lists them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from applications.models import TeamTalk
from applications.queries.timeline import near_day

State = TeamTalk.State
_ORDER = {state: place for place, state in enumerate((
    State.MATCHED, State.INTERESTED, State.TALKING, State.TO_TALK, State.NOT_THIS_ONE,
))}  # fmt: skip
_PILLS = {
    State.TO_TALK: ("outline", ""),
    State.TALKING: ("soft", "chat-square-text"),
    State.INTERESTED: ("soft", "person-check"),
    State.MATCHED: ("ok", "check-lg"),
    State.NOT_THIS_ONE: ("outline", "archive"),
}


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One team, ready to print."""

    id: str
    name: str
    link: str
    meta: str
    project: str
    interest: str
    pill: tuple[str, str, str]


def talk_lines(talks: Iterable[TeamTalk], *, today: dt.date) -> list[TalkLine]:
    """Tell the teams of one application, the one that matched first."""
    return [_line(talk, today) for talk in sorted(talks, key=lambda talk: (_ORDER[State(talk.state)], talk.pk))]


def _line(talk: TeamTalk, today: dt.date) -> TalkLine:
    with_whom = f"with {talk.people}" if talk.people else ""
    talked = f"last talked {near_day(talk.talked_on, today)}" if talk.talked_on else ""
    state = State(talk.state)
    return TalkLine(
        id=talk.public_id,
        name=talk.name,
        link=talk.link,
        meta=", ".join(part for part in (with_whom, talked) if part),
        project=talk.project,
        interest=talk.get_interest_display() if talk.interest else "",
        pill=(str(state.label), *_PILLS[state]),
    )
