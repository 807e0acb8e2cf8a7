"""Addresses of the page of tokens, below /settings/tokens/; those of the API itself are made in site.py."""

from django.urls import URLPattern, path

from api.views import tokens

app_name = "api"

urlpatterns: list[URLPattern] = [
    path("", tokens.tokens, name="tokens"),
    path("<slug:public_id>/remove/", tokens.remove, name="token-remove"),
]
