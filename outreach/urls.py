"""Addresses of the app."""

from django.urls import URLPattern, path

from outreach.views import papers, people

app_name = "outreach"

urlpatterns: list[URLPattern] = [
    path("people/", people.people, name="people"),
    path("people/outreach/", people.outreach, name="outreach"),
    path("people/new/", people.add, name="add"),
    path("people/from-paper/", papers.from_paper, name="from-paper"),
    path("people/messages/<slug:public_id>/delete/", people.delete_message, name="message-delete"),
    path("people/<slug:public_id>/", people.person, name="person"),
    path("people/<slug:public_id>/edit/", people.edit, name="edit"),
    path("people/<slug:public_id>/delete/", people.delete, name="delete"),
    path("people/<slug:public_id>/standing/", people.standing, name="standing"),
    path("people/<slug:public_id>/draft/<slug:kind>/", people.draft, name="draft"),
    path("people/<slug:public_id>/messages/", people.log, name="log"),
]
