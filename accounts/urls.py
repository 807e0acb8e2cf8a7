"""Addresses of the app, below /settings/."""

from django.urls import URLPattern, path

from accounts import views

app_name = "accounts"

urlpatterns: list[URLPattern] = [
    path("profile/", views.profile, name="profile"),
    path("appearance/", views.appearance, name="appearance"),
]
