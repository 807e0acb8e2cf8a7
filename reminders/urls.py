"""Addresses of the app."""

from django.urls import path

from reminders.views import bearer, bell, calendar, devices, operations, wishes

app_name = "reminders"

urlpatterns = [
    path("notifications/", bell.notifications, name="notifications"),
    path("notifications/read/", bell.read_all, name="read-all"),
    path("settings/notifications/", wishes.preferences, name="preferences"),
    path("settings/notifications/day/", wishes.weekly_day, name="weekly-day"),
    path("settings/notifications/quiet/", wishes.quiet_week, name="quiet-week"),
    path("settings/notifications/quiet/end/", wishes.end_quiet_week, name="quiet-week-end"),
    path("settings/notifications/sample/", wishes.sample, name="sample"),
    path("settings/notifications/devices/", devices.add, name="device-add"),
    path("settings/notifications/devices/<slug:public_id>/remove/", devices.remove, name="device-remove"),
    path("notifications/worker.js", devices.worker, name="push-worker"),
    path("settings/calendar/", calendar.settings_page, name="calendar-settings"),
    path("settings/calendar/remove/", calendar.shut, name="calendar-remove"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar"),
    path("operations/outbox/", operations.outbox_page, name="outbox"),
    path("operations/outbox/again/", operations.try_again, name="outbox-again"),
    path("e/<str:signed>/", bearer.stop, name="email-action"),
    path("e/<str:signed>/do/", bearer.deed, name="email-deed"),
]
