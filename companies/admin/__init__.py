"""The raw tables of the shared list, for curators at /manage/."""

from companies.admin.companies import CompanyAdmin, PaperAdmin, TeamAdmin
from companies.admin.postings import PostingAdmin
from companies.admin.programmes import CycleAdmin, ProgrammeAdmin, SeasonAdmin

__all__ = ["CompanyAdmin", "CycleAdmin", "PaperAdmin", "PostingAdmin", "ProgrammeAdmin", "SeasonAdmin", "TeamAdmin"]
