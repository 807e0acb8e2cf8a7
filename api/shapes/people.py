"""People whom a student knows: only details of their work, with a source for each."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from api.shapes.base import Day, Given, Id, Line, Text
from outreach.choices import How
from outreach.reading.work import LONGEST_NAME


class ContactFacts(Given):
    """What is kept of somebody; nobody is kept without a name, and without how one knows of them."""

    name: Annotated[Text, Field(min_length=1, max_length=LONGEST_NAME)] = Field(examples=["Hanna Sato"])
    how: How = Field(examples=["paper"])
    work: Annotated[Text, Field(max_length=LONGEST_NAME)] = Field("", examples=["Tidewater"])
    email: Annotated[Text, Field(max_length=254)] = ""
    url: Annotated[Text, Field(max_length=500)] = ""
    source: Annotated[Text, Field(max_length=300)] = Field("", examples=["Tidal flow, 2026"])
    why: Annotated[Text, Field(max_length=500)] = ""
    country: Annotated[Text, Field(max_length=2)] = Field("", examples=["GB"])
    next_step: Line = ""
    next_on: Day | None = None


class ContactChange(ContactFacts):
    """Some of it, to be changed."""

    name: Annotated[Text, Field(min_length=1, max_length=LONGEST_NAME)] = ""
    how: How = How.OTHER


class ContactShape(Schema):
    """One person, and how it stands with them."""

    id: Id
    name: str
    how: str
    work: str
    company: str | None
    email: str
    url: str
    source: str
    why: str
    country: str
    standing: str
    last_on: dt.date | None
    next_step: str
    next_on: dt.date | None
    follow_up_on: dt.date | None
    created_at: dt.datetime
