"""The addresses of the floor, and the product's health, by which the bench sees that it is up."""

from django.urls import path

from bench.floors import board, companies, personal
from tracker import views

urlpatterns = [
    path("healthz/", views.healthz),
    path("floor/board/", board.board),
    path("floor/table/", board.table),
    path("floor/today/", personal.today),
    path("floor/applications/<slug:public_id>/", personal.application),
    path("floor/students/", personal.students),
    path("floor/postings/", companies.postings),
    path("floor/companies/<int:pk>/", companies.company),
]
