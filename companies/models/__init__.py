"""The shared list: who offers what, when, and how we know."""

from companies.models.base import Hours, Kind, Sourced
from companies.models.companies import SEEN, Alias, Company, CompanyQuerySet, Team
from companies.models.feeds import Feed
from companies.models.merging import Merge, MergeQuerySet, PartMerge
from companies.models.papers import Paper
from companies.models.postings import Posting, PostingQuerySet
from companies.models.programmes import Cycle, CycleMove, Following, FollowingQuerySet, Programme, Season
from companies.models.proposals import Fact, Proposal, ProposalQuerySet

__all__ = [
    "SEEN",
    "Alias",
    "Company",
    "CompanyQuerySet",
    "Cycle",
    "CycleMove",
    "Fact",
    "Feed",
    "Following",
    "FollowingQuerySet",
    "Hours",
    "Kind",
    "Merge",
    "MergeQuerySet",
    "Paper",
    "PartMerge",
    "Posting",
    "PostingQuerySet",
    "Programme",
    "Proposal",
    "ProposalQuerySet",
    "Season",
    "Sourced",
    "Team",
]
