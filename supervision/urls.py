"""Addresses of the app."""

from django.urls import URLPattern, path

from supervision import views

app_name = "supervision"

urlpatterns: list[URLPattern] = [
    path("sharing/", views.sharing, name="sharing"),
    path("sharing/invite/", views.invite, name="invite"),
    path("sharing/<slug:public_id>/level/", views.level, name="level"),
    path("sharing/<slug:public_id>/end/", views.end, name="end"),
    path("supervision/", views.students, name="students"),
    path("supervision/invitations/<slug:token>/", views.invitation, name="invitation"),
    path("supervision/<slug:student>/", views.student, name="student"),
    path("supervision/<slug:student>/leave/", views.leave, name="leave"),
    path("supervision/<slug:student>/applications/<slug:public_id>/", views.application, name="application"),
]
