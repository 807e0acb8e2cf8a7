"""Addresses of the app."""

from django.urls import URLPattern, path

from companies.views import curation, deciding, joining, keeping, pages, proposing

app_name = "companies"

urlpatterns: list[URLPattern] = [
    path("companies/", pages.company_list, name="list"),
    path("companies/propose/", proposing.propose, name="propose"),
    path("companies/suggestions/", proposing.suggestions, name="suggestions"),
    path("companies/suggestions/<slug:public_id>/", proposing.suggestion, name="suggestion"),
    path("companies/suggestions/<slug:public_id>/withdraw/", proposing.withdraw, name="withdraw"),
    path("companies/<slug:slug>/", pages.company_detail, name="detail"),
    path("companies/<slug:slug>/programmes/<slug:programme>/follow/", pages.follow, name="follow"),
    path("companies/<slug:slug>/programmes/<slug:programme>/unfollow/", pages.unfollow, name="unfollow"),
    path(
        "companies/<slug:slug>/programmes/<slug:programme>/suggest/",
        proposing.suggest_programme,
        name="suggest-programme",
    ),
    path("companies/<slug:slug>/teams/<slug:team>/", pages.team_detail, name="team"),
    path("companies/<slug:slug>/teams/<slug:team>/suggest/", proposing.suggest_team, name="suggest-team"),
    path("companies/<slug:slug>/suggest/", proposing.suggest_edit, name="suggest"),
    path("companies/<slug:slug>/suggest/<slug:subject>/", proposing.suggest_new, name="suggest-new"),
    path("postings/", pages.posting_list, name="postings"),
    path("postings/propose/", proposing.which_company, name="propose-posting"),
    path("postings/<slug:public_id>/", pages.posting_detail, name="posting"),
    path("postings/<slug:public_id>/suggest/", proposing.suggest_posting, name="suggest-posting"),
    path("postings/<slug:public_id>/report/", proposing.report, name="report"),
    path("curation/", deciding.proposals, name="curation"),
    path("curation/reports/", deciding.reports, name="reports"),
    path("curation/proposals/<slug:public_id>/", deciding.proposal, name="proposal"),
    path("curation/companies/<slug:slug>/parts/", joining.parts, name="parts"),
    path(
        "curation/companies/<slug:slug>/merge/<slug:subject>/<slug:keep>/<slug:take>/",
        joining.merge,
        name="merge-parts",
    ),
    path("curation/part-merges/<slug:public_id>/undo/", joining.undo, name="part-merge-undo"),
    path("curation/stale/", keeping.stale, name="stale"),
    path("curation/expect/", keeping.expect, name="expect"),
    path("curation/cycles/<int:pk>/", keeping.cycle, name="cycle"),
    path("curation/feeds/", keeping.feeds, name="feeds"),
    path("curation/feeds/new/", keeping.feed_new, name="feed-new"),
    path("curation/feeds/<slug:public_id>/", keeping.feed, name="feed"),
    path("curation/feeds/<slug:public_id>/edit/", keeping.feed_edit, name="feed-edit"),
    path("curation/feeds/<slug:public_id>/run/", keeping.feed_run, name="feed-run"),
    path("curation/log/", deciding.log, name="log"),
    path("curation/duplicates/", curation.duplicates, name="duplicates"),
    path("curation/merge/<slug:one>/<slug:other>/", curation.merge, name="merge"),
    path("curation/merges/", curation.merges, name="merges"),
    path("curation/merges/<slug:public_id>/undo/", curation.undo, name="merge-undo"),
]
