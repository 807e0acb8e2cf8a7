"""Who may look at what, and what students ask of those who may."""

from supervision.models.asking import Request, RequestQuerySet
from supervision.models.counting import CohortFigure, Counted, CountedQuerySet, Department, DepartmentQuerySet
from supervision.models.group import Introduction, IntroductionQuerySet, Milestone, MilestoneQuerySet
from supervision.models.sharing import (
    Look,
    SharingEvent,
    SharingException,
    Supervision,
    SupervisionQuerySet,
    hash_token,
)
from supervision.models.talking import Comment, CommentQuerySet

__all__ = [
    "CohortFigure",
    "Comment",
    "CommentQuerySet",
    "Counted",
    "CountedQuerySet",
    "Department",
    "DepartmentQuerySet",
    "Introduction",
    "IntroductionQuerySet",
    "Look",
    "Milestone",
    "MilestoneQuerySet",
    "Request",
    "RequestQuerySet",
    "SharingEvent",
    "SharingException",
    "Supervision",
    "SupervisionQuerySet",
    "hash_token",
]
