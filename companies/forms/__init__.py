"""What people type about the shared list: filters, facts, and decisions."""

from companies.forms.deciding import AskForm, DeclineForm, MergeForm
from companies.forms.facts import FORMS, Facts, NewCompanyForm, ReportForm, WhichCompanyForm, WhyForm
from companies.forms.filters import CompanyFilterForm, FilterForm, PostingFilterForm

__all__ = [
    "FORMS",
    "AskForm",
    "CompanyFilterForm",
    "DeclineForm",
    "Facts",
    "FilterForm",
    "MergeForm",
    "NewCompanyForm",
    "PostingFilterForm",
    "ReportForm",
    "WhichCompanyForm",
    "WhyForm",
]
