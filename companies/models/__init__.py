"""The shared list: who offers what, when, and how we know."""

from companies.models.base import Hours, Kind, Sourced
from companies.models.companies import Alias, Company, CompanyQuerySet, Team
from companies.models.feeds import Feed
from companies.models.merging import Merge, MergeQuerySet, PartMerge
from companies.models.postings import Posting, PostingQuerySet
from companies.models.programmes import Cycle, CycleMove, Following, FollowingQuerySet, Programme, Season
from companies.models.proposals import Proposal, ProposalQuerySet

__all__ = [
    "Alias",
    "Company",
    "CompanyQuerySet",
    "Cycle",
    "CycleMove",
    "Feed",
    "Following",
    "FollowingQuerySet",
    "Hours",
    "Kind",
    "Merge",
    "MergeQuerySet",
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
