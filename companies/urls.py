"""Addresses of the app."""

from django.urls import URLPattern, path

from companies import views

app_name = "companies"

urlpatterns: list[URLPattern] = [
    path("companies/", views.company_list, name="list"),
    path("companies/<slug:slug>/", views.company_detail, name="detail"),
    path("postings/", views.posting_list, name="postings"),
    path("postings/<slug:public_id>/", views.posting_detail, name="posting"),
]
