"""What people type about the shared list: filters, facts, and decisions."""

from companies.forms.deciding import AskForm, DeclineForm, MergeForm
from companies.forms.facts import FORMS, Facts, NewCompanyForm, ReportForm, WhichCompanyForm, WhyForm
from companies.forms.filters import CompanyFilterForm, FilterForm, PostingFilterForm
from companies.forms.keeping import CycleForm, FeedForm, LookForm, UploadForm

__all__ = [
    "FORMS",
    "AskForm",
    "CompanyFilterForm",
    "CycleForm",
    "DeclineForm",
    "Facts",
    "FeedForm",
    "FilterForm",
    "LookForm",
    "MergeForm",
    "NewCompanyForm",
    "PostingFilterForm",
    "ReportForm",
    "UploadForm",
    "WhichCompanyForm",
    "WhyForm",
]
