"""Addresses of the app."""

from django.urls import URLPattern, path

from companies import views

app_name = "companies"

urlpatterns: list[URLPattern] = [
    path("companies/", views.company_list, name="list"),
    path("companies/<slug:slug>/", views.company_detail, name="detail"),
    path("companies/<slug:slug>/programmes/<slug:programme>/follow/", views.follow, name="follow"),
    path("companies/<slug:slug>/programmes/<slug:programme>/unfollow/", views.unfollow, name="unfollow"),
    path("postings/", views.posting_list, name="postings"),
    path("postings/<slug:public_id>/", views.posting_detail, name="posting"),
]
