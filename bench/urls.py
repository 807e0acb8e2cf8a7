"""The addresses of the floor, and the product's health, by which the bench sees that it is up."""

from django.urls import path

from bench.floors import application, board, companies, students, today, window
from tracker import views

urlpatterns = [
    path("healthz/", views.healthz),
    path("floor/board/", board.board),
    path("floor/table/", board.table),
    path("floor/filtered/", board.filtered),
    path("floor/today/", today.today),
    path("floor/window/", window.window),
    path("floor/applications/<slug:public_id>/", application.application),
    path("floor/students/", students.students),
    path("floor/postings/", companies.postings),
    path("floor/companies/<int:pk>/", companies.company),
]
