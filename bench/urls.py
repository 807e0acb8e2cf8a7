"""The addresses of the floor, and the product's health, by which the bench sees that it is up."""

from django.urls import path

from bench import floor
from tracker import views

urlpatterns = [
    path("healthz/", views.healthz),
    path("floor/postings/", floor.postings),
    path("floor/companies/<int:pk>/", floor.company),
]
