"""Addresses of the app."""

from django.urls import URLPattern, path

from supervision.views import asking, counting, group, own, talking, theirs

app_name = "supervision"

urlpatterns: list[URLPattern] = [
    path("sharing/", own.sharing, name="sharing"),
    path("sharing/invite/", own.invite, name="invite"),
    path("sharing/log/", own.log, name="log"),
    path("sharing/applications/<slug:public_id>/", own.exceptions, name="exceptions"),
    path("sharing/<slug:public_id>/level/", own.level, name="level"),
    path("sharing/<slug:public_id>/end/", own.end, name="end"),
    path("sharing/<slug:public_id>/preview/", own.preview, name="preview"),
    path("sharing/<slug:public_id>/preview/<slug:application>/", own.preview_application, name="preview-application"),
    path("sharing/<slug:public_id>/comments/<slug:application>/", talking.comment, name="comment"),
    path("comments/<slug:public_id>/delete/", talking.delete, name="comment-delete"),
    path("sharing/count/", counting.count, name="count"),
    path("departments/", counting.departments, name="departments"),
    path("requests/", asking.requests, name="requests"),
    path("requests/new/", asking.add, name="request-add"),
    path("requests/answer/<slug:token>/", asking.answer, name="request-answer"),
    path("requests/<slug:public_id>/", asking.detail, name="request"),
    path("requests/<slug:public_id>/withdraw/", asking.withdraw, name="request-withdraw"),
    path("supervision/", theirs.students, name="students"),
    path("supervision/requests/", asking.asked, name="asked"),
    path("supervision/year/", group.year, name="group"),
    path("supervision/milestones/<slug:public_id>/", group.milestone, name="milestone"),
    path("supervision/milestones/<slug:public_id>/delete/", group.milestone_delete, name="milestone-delete"),
    path("supervision/introductions/", group.introductions, name="introductions"),
    path("supervision/introductions/<slug:public_id>/delete/", group.introduction_delete, name="introduction-delete"),
    path("supervision/invitations/<slug:token>/", theirs.invitation, name="invitation"),
    path("supervision/<slug:student>/", theirs.student, name="student"),
    path("supervision/<slug:student>/leave/", theirs.leave, name="leave"),
    path("supervision/<slug:student>/applications/<slug:public_id>/", theirs.application, name="application"),
    path("supervision/<slug:student>/applications/<slug:public_id>/comments/", theirs.comment, name="say"),
]
