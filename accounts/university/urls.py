"""Addresses of signing in with a university, below /accounts/university/; there only where the settings name one."""

from allauth.socialaccount.views import connections
from django.urls import path

from accounts.university import views

urlpatterns = [
    path("", connections, name="socialaccount_connections"),
    path("login/", views.begin, name="university_login"),
    path("login/callback/", views.callback, name="university_callback"),
]
