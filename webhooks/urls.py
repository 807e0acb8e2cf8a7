"""Addresses of the pages of webhooks, below /settings/webhooks/."""

from django.urls import URLPattern, path

from webhooks import views

app_name = "webhooks"

urlpatterns: list[URLPattern] = [
    path("", views.webhooks, name="webhooks"),
    path("<slug:public_id>/", views.webhook, name="webhook"),
    path("<slug:public_id>/test/", views.test, name="test"),
    path("<slug:public_id>/secret/", views.secret, name="secret"),
    path("<slug:public_id>/pause/", views.pause, name="pause"),
    path("<slug:public_id>/resume/", views.resume, name="resume"),
    path("<slug:public_id>/delete/", views.delete, name="delete"),
    path("deliveries/<slug:public_id>/", views.delivery, name="delivery"),
    path("deliveries/<slug:public_id>/again/", views.again, name="again"),
]
