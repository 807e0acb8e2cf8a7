"""The addresses of the floor, and the product's health, by which the bench sees that it is up."""

from django.urls import path

from bench.floors import applications, companies
from tracker import views

urlpatterns = [
    path("healthz/", views.healthz),
    path("floor/board/", applications.board),
    path("floor/table/", applications.table),
    path("floor/postings/", companies.postings),
    path("floor/companies/<int:pk>/", companies.company),
]
