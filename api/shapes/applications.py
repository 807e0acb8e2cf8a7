"""Applications and what belongs to them: events, rounds, the offer."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from api.shapes.base import Day, Given, Id, Inline, Line, Text, WallTime
from applications.choices import Closeness, CouldBecome, PayPer, Publishing, Reason, Source, Visa, WayIn
from applications.models import Event, InterviewRound
from applications.stage import Outcome, Stage
from companies.models import Hours, Kind

Tag = Annotated[Text, Field(max_length=40)]


class Facts(Given):
    """What an application says of itself."""

    role: Line = Field("", examples=["Research Intern, Vision"])
    kind: Annotated[Kind, Inline()] = Kind.INTERNSHIP
    url: Annotated[Text, Field(max_length=2_000)] = Field("", examples=["https://tidewater.example/jobs/1"])
    place: Annotated[Text, Field(max_length=160)] = ""
    closes_on: Day | None = None
    zone: Annotated[Text, Field(max_length=64)] = Field("Etc/GMT+12", examples=["Europe/London"])
    season: Annotated[Text, Field(max_length=40)] | None = Field(None, examples=["Summer 2027"])
    source: Source = Source.UNKNOWN
    starts_from: Day | None = None
    starts_until: Day | None = None
    weeks: Annotated[int, Field(ge=1, le=200)] | None = None
    hours: Hours = Hours.UNKNOWN
    tags: Annotated[list[Tag], Field(max_length=10)] = Field(default_factory=list)
    posting_text: Annotated[Text, Field(max_length=50_000)] = ""
    closeness: Closeness = Closeness.UNKNOWN
    could_become: list[CouldBecome] = Field(default_factory=list)
    reasons: list[Reason] = Field(default_factory=list)
    next_step: Line = Field("", examples=["Ask for a referral"])
    next_step_on: Day | None = None
    way_in: WayIn = WayIn.NONE
    referrer: Annotated[Text, Field(max_length=160)] = ""
    on_hold: bool = False
    hold_until: Day | None = None
    notes: Annotated[Text, Field(max_length=20_000)] = ""


class NewApplication(Facts):
    """An application to add: at a company of this name, or for the posting behind a link."""

    company: Annotated[Text, Field(min_length=1, max_length=2_500)] = Field(examples=["Tidewater"])
    stage: Stage = Stage.INTERESTED
    applied_on: Day | None = None


class ApplicationShape(Schema):
    """One application."""

    id: Id
    company: str
    company_slug: str
    team: str | None
    role: str
    kind: str
    stage: Stage
    stage_since: dt.date
    outcome: Outcome | None
    applied_on: dt.date | None
    url: str
    place: str
    closes_on: dt.date | None
    zone: str
    season: str | None
    source: str
    starts_from: dt.date | None
    starts_until: dt.date | None
    weeks: int | None
    hours: str
    tags: list[str]
    closeness: str
    could_become: list[str]
    reasons: list[str]
    next_step: str
    next_step_on: dt.date | None
    way_in: str
    referrer: str
    on_hold: bool
    hold_until: dt.date | None
    notes: str
    posting_text: str
    closing_reason: str
    created_at: dt.datetime
    updated_at: dt.datetime


class Move(Given):
    """Where an application goes. `closed` needs an outcome; `offer` with `accepted` accepts the offer."""

    stage: Stage
    outcome: Outcome | None = None
    on: Day | None = Field(None, description="The day on which it happened; today when it is left out.")
    reason: Annotated[Text, Field(max_length=5_000)] = ""


class NewEvent(Given):
    """A note, e-mail, call or interview to log. It is shared with nobody unless you say so."""

    kind: Annotated[Event.Kind, Inline()] = Event.Kind.NOTE
    text: Annotated[Text, Field(min_length=1, max_length=5_000)] = Field(examples=["They ask for two references"])
    on: Day | None = None
    is_shared: bool = False


class EventShape(Schema):
    """What happened on a day."""

    id: Id
    kind: str
    on: dt.date
    stage: str
    outcome: str
    text: str
    is_shared: bool
    recorded_at: dt.datetime


class RoundFacts(Given):
    """What is known of an interview round; `on`, `time` and `zone` are as the invitation says."""

    kind: Annotated[InterviewRound.Kind, Inline()] = InterviewRound.Kind.OTHER
    with_whom: Annotated[InterviewRound.With, Inline()] = InterviewRound.With.UNKNOWN
    people: Line = ""
    on: Day | None = None
    time: WallTime | None = None
    minutes: Annotated[int, Field(ge=1, le=7 * 24 * 60)] | None = None
    zone: Annotated[Text, Field(max_length=64)] = Field("Europe/London", examples=["Europe/London"])
    place: Annotated[Text, Field(max_length=500)] = ""
    status: Annotated[InterviewRound.Status, Inline()] = InterviewRound.Status.SCHEDULED
    notes: Annotated[Text, Field(max_length=10_000)] = ""


class RoundShape(Schema):
    """One interview round; `starts_at` is null while day or time are unknown."""

    id: Id
    application: Id
    kind: str
    with_whom: str
    people: str
    on: dt.date | None
    time: str | None = Field(examples=["15:00"])
    minutes: int | None
    zone: str
    starts_at: dt.datetime | None
    place: str
    status: str
    notes: str


class OfferFacts(Given):
    """What they offer, as far as it is known; pay is in the currency of the offer."""

    answer_by: Day | None = None
    project: Annotated[Text, Field(max_length=500)] = ""
    mentor: Line = ""
    closeness: Closeness = Closeness.UNKNOWN
    publishing: Publishing = Publishing.UNKNOWN
    ip: Annotated[Text, Field(max_length=300)] = ""
    could_become: list[CouldBecome] = Field(default_factory=list)
    compute: Annotated[Text, Field(max_length=300)] = ""
    pay: Annotated[Decimal, Field(ge=0, max_digits=10, decimal_places=2)] | None = Field(None, examples=["6500.00"])
    currency: Annotated[Text, Field(max_length=3)] = Field("", examples=["GBP"])
    pay_per: PayPer = PayPer.MONTH
    starts_on: Day | None = None
    ends_on: Day | None = None
    place: Annotated[Text, Field(max_length=160)] = ""
    visa: Visa = Visa.UNKNOWN
    hours: Hours = Hours.UNKNOWN
    advice: Annotated[Text, Field(max_length=2_000)] = ""
    speaks_for: Annotated[Text, Field(max_length=2_000)] = ""
    speaks_against: Annotated[Text, Field(max_length=2_000)] = ""


class OfferShape(Schema):
    """One offer."""

    application: Id
    answer_by: dt.date | None
    project: str
    mentor: str
    closeness: str
    publishing: str
    ip: str
    could_become: list[str]
    compute: str
    pay: Decimal | None
    currency: str
    pay_per: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    place: str
    visa: str
    hours: str
    advice: str
    speaks_for: str
    speaks_against: str
    updated_at: dt.datetime
