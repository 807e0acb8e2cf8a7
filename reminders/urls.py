"""Addresses of the app."""

from django.urls import path

from reminders import views

app_name = "reminders"

urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read_all, name="read-all"),
    path("settings/notifications/", views.preferences, name="preferences"),
    path("e/<str:signed>/", views.email_action, name="email-action"),
]
