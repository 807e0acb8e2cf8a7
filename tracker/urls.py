"""Every address of the site (`ux.md` 2.3 in the design); each app brings its own."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from api.site import urls as api_urls
from tracker import demo, guidance, views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz/", views.healthz, name="healthz"),
    path("healthz/deep/", views.healthz_deep, name="healthz-deep"),
    path("demo/mail/", demo.demo_mails, name="demo-mails"),
    path("demo/mail/<str:name>/", demo.demo_mail, name="demo-mail"),
    path("help/", guidance.pages, name="help"),
    path("help/capture/", guidance.capture, name="capture"),
    path("help/guide/", guidance.guide, name="guide"),
    path("help/shortcuts/", guidance.shortcuts, name="shortcuts"),
    path("accounts/", include("allauth.account.urls")),
    *([path("accounts/university/", include("accounts.university.urls"))] if settings.OIDC_ISSUER else []),
    path("settings/", include("accounts.urls")),
    path("settings/data/", include("owndata.urls")),
    path("settings/tokens/", include("api.urls")),
    *([path("settings/webhooks/", include("webhooks.urls"))] if settings.WEBHOOKS else []),
    path("api/v1/", api_urls()),
    path("", include("companies.urls")),
    path("", include("applications.urls")),
    path("", include("outreach.urls")),
    path("", include("imports.urls")),
    path("", include("supervision.urls")),
    path("", include("reminders.urls")),
    path("manage/", admin.site.urls),
]

handler400 = "tracker.views.bad_request"
handler403 = "tracker.views.forbidden"
handler404 = "tracker.views.not_found"
handler500 = "tracker.views.problem"
