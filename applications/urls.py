"""Addresses of the app."""

from django.urls import URLPattern

app_name = "applications"

urlpatterns: list[URLPattern] = []
