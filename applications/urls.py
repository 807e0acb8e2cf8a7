"""Addresses of the app."""

from django.urls import URLPattern, path

from applications.views import (
    add,
    board,
    edit,
    events,
    offers,
    page,
    placements,
    rounds,
    stage,
    table,
    today,
    undo,
    window,
)

app_name = "applications"

urlpatterns: list[URLPattern] = [
    path("today/", today.today, name="today"),
    path("window/", window.window, name="window"),
    path("add/", add.add, name="add"),
    path("add/lookup/", add.lookup, name="add-lookup"),
    path("applications/", table.table, name="table"),
    path("applications/board/", board.board, name="board"),
    path("applications/<slug:public_id>/stage/", stage.stage, name="stage"),
    path("applications/<slug:public_id>/close/", stage.close, name="close"),
    path("applications/<slug:public_id>/reopen/", stage.reopen, name="reopen"),
    path("undo/", undo.recent, name="undo-recent"),
    path("undo/<slug:public_id>/", undo.undo, name="undo"),
    # The page of one application, its events and rounds:
    path("applications/<slug:public_id>/", page.detail, name="detail"),
    path("applications/<slug:public_id>/edit/", edit.edit, name="edit"),
    path("applications/<slug:public_id>/delete/", page.delete, name="delete"),
    path("applications/<slug:public_id>/events/", events.log, name="events"),
    path("events/<slug:public_id>/edit/", events.edit, name="event-edit"),
    path("events/<slug:public_id>/delete/", events.delete, name="event-delete"),
    path("applications/<slug:public_id>/rounds/new/", rounds.add, name="round-add"),
    path("rounds/<slug:public_id>/", rounds.detail, name="round"),
    path("rounds/<slug:public_id>/edit/", rounds.edit, name="round-edit"),
    path("rounds/<slug:public_id>/delete/", rounds.delete, name="round-delete"),
    # Offers and placements:
    path("offers/", offers.offers, name="offers"),
    path("offers/weights/", offers.weights, name="offer-weights"),
    path("applications/<slug:public_id>/offer/", offers.edit, name="offer-edit"),
    path("applications/<slug:public_id>/accept/", offers.accept, name="accept"),
    path("applications/<slug:public_id>/draft/<slug:kind>/", offers.draft, name="draft"),
    path("applications/<slug:public_id>/placement/", placements.detail, name="placement"),
    path("applications/<slug:public_id>/placement/edit/", placements.edit, name="placement-edit"),
    path("applications/<slug:public_id>/placement/log/", placements.log, name="placement-log"),
    path("applications/<slug:public_id>/placement/made/", placements.made, name="placement-made"),
    path("placements/log/<slug:public_id>/", placements.edit_entry, name="placement-entry"),
    path("placements/log/<slug:public_id>/delete/", placements.delete_entry, name="placement-entry-delete"),
    path("placements/made/<slug:public_id>/", placements.edit_made, name="made-edit"),
    path("placements/made/<slug:public_id>/delete/", placements.delete_made, name="made-delete"),
]
