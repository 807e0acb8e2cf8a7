"""Addresses of the app, below /settings/data/."""

from django.urls import URLPattern, path

from owndata import views

app_name = "owndata"

urlpatterns: list[URLPattern] = [
    path("", views.data, name="data"),
    path("export/", views.export, name="export"),
    path("bring/", views.bring, name="bring"),
    path("status/", views.status, name="status"),
    path("archives/<slug:public_id>/", views.download, name="download"),
    path("leave/", views.leave, name="leave"),
    path("stay/", views.stay, name="stay"),
]
