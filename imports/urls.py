"""Addresses of the app."""

from django.urls import URLPattern, path

from imports.views import ending, matching, review, start

app_name = "imports"

urlpatterns: list[URLPattern] = [
    path("import/", start.start, name="start"),
    path("import/template.csv", start.template, name="template"),
    path("import/<slug:public_id>/map/", matching.match, name="map"),
    path("import/<slug:public_id>/review/", review.review, name="review"),
    path("import/<slug:public_id>/rows/<int:number>/", review.row, name="row"),
    path("import/<slug:public_id>/choices/", review.choices, name="choices"),
    path("import/<slug:public_id>/run/", ending.run, name="run"),
    path("import/<slug:public_id>/status/", ending.status, name="status"),
    path("import/<slug:public_id>/done/", ending.done, name="done"),
    path("import/<slug:public_id>/undo/", ending.undo, name="undo"),
    path("import/<slug:public_id>/left.csv", ending.left, name="left"),
]
