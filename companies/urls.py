"""Addresses of the app."""

from django.urls import URLPattern, path

from companies.views import curation, pages

app_name = "companies"

urlpatterns: list[URLPattern] = [
    path("companies/", pages.company_list, name="list"),
    path("companies/<slug:slug>/", pages.company_detail, name="detail"),
    path("companies/<slug:slug>/programmes/<slug:programme>/follow/", pages.follow, name="follow"),
    path("companies/<slug:slug>/programmes/<slug:programme>/unfollow/", pages.unfollow, name="unfollow"),
    path("postings/", pages.posting_list, name="postings"),
    path("postings/<slug:public_id>/", pages.posting_detail, name="posting"),
    path("curation/", curation.home, name="curation"),
    path("curation/duplicates/", curation.duplicates, name="duplicates"),
    path("curation/merge/<slug:one>/<slug:other>/", curation.merge, name="merge"),
    path("curation/merges/", curation.merges, name="merges"),
    path("curation/merges/<slug:public_id>/undo/", curation.undo, name="merge-undo"),
]
