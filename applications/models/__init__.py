"""One student's search: applications, what happened to each, rounds and their preparation, documents, offers, plans."""

from applications.models.application import MINE, ROLE_TO_ADD, Application, ApplicationQuerySet, Requirement
from applications.models.approval import Approval
from applications.models.closeness import Closeness
from applications.models.desk import Desk, SavedView, TodayMark
from applications.models.document import Document, DocumentVersion, SentDocument
from applications.models.event import Event
from applications.models.offer import Made, Offer, Placement, PlacementEntry
from applications.models.plan import PlanStep, SeasonPlan
from applications.models.preparation import Debrief, PrepItem, PrepSet, PrepSetItem, Question
from applications.models.round import InterviewRound, RoundQuerySet, TeamTalk
from applications.models.undo import Undo

__all__ = [
    "MINE",
    "ROLE_TO_ADD",
    "Application",
    "ApplicationQuerySet",
    "Approval",
    "Closeness",
    "Debrief",
    "Desk",
    "Document",
    "DocumentVersion",
    "Event",
    "InterviewRound",
    "Made",
    "Offer",
    "Placement",
    "PlacementEntry",
    "PlanStep",
    "PrepItem",
    "PrepSet",
    "PrepSetItem",
    "Question",
    "Requirement",
    "RoundQuerySet",
    "SavedView",
    "SeasonPlan",
    "SentDocument",
    "TeamTalk",
    "TodayMark",
    "Undo",
]
