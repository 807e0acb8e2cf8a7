"""Notifications on a device, in a real browser: the page, and the script that shows what arrives."""

import json
import re

import pytest
from playwright.sync_api import expect

from reminders import push_keys
from reminders.models import Device
from tests.push_service import Browser

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/settings/notifications/"
ALLOWED = """
  Object.defineProperty(Notification, "permission", { get: () => "default" });
  Notification.requestPermission = async () => "granted";
"""
SUBSCRIBED = """(said) => {
  PushManager.prototype.subscribe = async () => ({ toJSON: () => ({ endpoint: said.endpoint, keys: said }) });
}"""
"""What needs a person and the world outside: the browser's question, and the answer of its maker's push service."""

AS_A_WORKER = """([text, said]) => {
  const told = { shown: [], opened: [], hears: {} };
  const worker = {
    location, addEventListener: (name, does) => { told.hears[name] = does; },
    registration: { showNotification: (title, about) => told.shown.push([title, about]) },
    clients: { openWindow: (url) => told.opened.push(String(url)) },
  };
  new Function("self", text)(worker);
  told.hears.push({ data: { json: () => said }, waitUntil: () => {} });
  const notification = { close: () => {}, data: told.shown[0][1].data };
  told.hears.notificationclick({ notification, waitUntil: () => {} });
  return [told.shown, told.opened];
}"""
"""Runs the worker's script where a page can see what it asks the browser for; CI's browser shows no notifications."""


@pytest.fixture(autouse=True)
def key(settings):
    settings.VAPID_PRIVATE_KEY = push_keys.new_private_key()


@pytest.fixture
def allowed(page):
    page.add_init_script(ALLOWED)
    return page


def test_a_device_is_added_and_removed_with_one_press_each(allowed, ada, sign_in, axe):
    said = Browser("https://fcm.googleapis.com/fcm/send/x").said
    allowed.add_init_script(f"({SUBSCRIBED})({json.dumps(said)})")
    sign_in(allowed, ada).goto(PAGE)
    allowed.get_by_role("button", name="Show them on this device").click()
    expect(allowed.locator(".toast").first).to_contain_text("Notifications are shown on this device from now on.")
    assert Device.objects.get().endpoint == said["endpoint"]
    assert axe(allowed) == []
    allowed.get_by_role("button", name=re.compile("Remove")).click()
    expect(allowed.locator(".toast").first).to_contain_text("any more")
    assert not Device.objects.exists()


def test_a_browser_without_its_push_service_says_so(allowed, ada, sign_in):
    sign_in(allowed, ada).goto(PAGE)
    allowed.get_by_role("button", name="Show them on this device").click()
    expect(allowed.locator("[data-push-said]")).to_contain_text("Your browser")
    assert not Device.objects.exists()


def test_without_scripts_the_page_says_how(plain_page, ada, sign_in):
    sign_in(plain_page, ada).goto(PAGE)
    expect(plain_page.get_by_text("To add a device, open this page there")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Show them on this device")).to_be_hidden()


@pytest.mark.parametrize(("url", "opened"), [("/today/", ["{site}/today/"]), ("https://evil.example/", [])])
def test_what_arrives_is_shown_and_opens_its_page_on_this_site_only(page, live_server, url, opened):
    message = {"title": "Tomorrow 15:00", "url": url, "tag": "notice-1"}
    text = page.context.request.get(f"{live_server.url}/notifications/worker.js").text()
    page.route("**/blank", lambda route: route.fulfill(body="<p>", content_type="text/html"))
    page.goto("/blank")
    ((title, about),), went = page.evaluate(AS_A_WORKER, [text, message])
    assert (title, about["tag"], about["data"]) == ("Tomorrow 15:00", "notice-1", {"url": url})
    assert went == [one.format(site=live_server.url) for one in opened]
