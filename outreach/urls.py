"""Addresses of the app."""

from django.urls import URLPattern, path

from outreach.views import conferences, papers, people, referrals, wordings

app_name = "outreach"

urlpatterns: list[URLPattern] = [
    path("people/", people.people, name="people"),
    path("people/outreach/", people.outreach, name="outreach"),
    path("people/new/", people.add, name="add"),
    path("people/from-paper/", papers.from_paper, name="from-paper"),
    path("people/drafts/", wordings.listed, name="wordings"),
    path("people/drafts/<slug:kind>/", wordings.wording, name="wording"),
    path("people/conferences/", conferences.listed, name="conferences"),
    path("people/conferences/new/", conferences.add, name="conference-add"),
    path("people/conferences/<slug:public_id>/", conferences.conference, name="conference"),
    path("people/conferences/<slug:public_id>/edit/", conferences.edit, name="conference-edit"),
    path("people/conferences/<slug:public_id>/delete/", conferences.delete, name="conference-delete"),
    path("people/conferences/<slug:public_id>/there/", conferences.expect, name="conference-there"),
    path(
        "people/conferences/<slug:public_id>/there/<slug:contact>/delete/",
        conferences.expect_no_more,
        name="conference-there-delete",
    ),
    path("people/messages/<slug:public_id>/delete/", people.delete_message, name="message-delete"),
    path("people/<slug:public_id>/", people.person, name="person"),
    path("people/<slug:public_id>/edit/", people.edit, name="edit"),
    path("people/<slug:public_id>/delete/", people.delete, name="delete"),
    path("people/<slug:public_id>/standing/", people.standing, name="standing"),
    path("people/<slug:public_id>/draft/<slug:kind>/", people.draft, name="draft"),
    path("people/<slug:public_id>/messages/", people.log, name="log"),
    path("people/<slug:public_id>/referral/", referrals.referral, name="referral"),
    path("people/<slug:public_id>/referral/<slug:application>/delete/", referrals.unlink, name="referral-delete"),
]
