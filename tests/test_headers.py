"""What every answer tells the browser, whoever asks and whatever the answer is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from tests.factories import ApplicationFactory, SupervisionFactory

ROOT = Path(__file__).parents[1]
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
PAGES = {  # a page of each kind: who asks, where, and the status
    "sign-in": (None, "/accounts/login/", 200),
    "sign-up": (None, "/accounts/signup/", 200),
    "led to sign in": (None, "/today/", 302),
    "machine": (None, "/healthz/", 200),
    "machine, json": (None, "/healthz/deep/", 503),
    "home": ("ada", "/", 302),
    "today": ("ada", "/today/", 200),
    "board": ("ada", "/applications/board/", 200),
    "table": ("ada", "/applications/", 200),
    "window": ("ada", "/window/", 200),
    "add": ("ada", "/add/", 200),
    "companies": ("ada", "/companies/", 200),
    "postings": ("ada", "/postings/", 200),
    "notifications": ("ada", "/notifications/", 200),
    "profile": ("ada", "/settings/profile/", 200),
    "sharing": ("ada", "/sharing/", 200),
    "students": ("grace", "/supervision/", 200),
    "raw tables": ("cora", "/manage/", 200),
    "raw form": ("cora", "/manage/companies/company/add/", 200),
    "people": ("admin", "/manage/accounts/user/", 200),
    "wrong role": ("grace", "/today/", 403),
    "not found": ("ada", "/no/such/page/", 404),
    "wrong method": ("ada", "/notifications/read/", 405),
}


def policy(response):
    return set(response.headers["Content-Security-Policy"].split("; "))


@pytest.fixture
def ask(request, db, client_of, season):
    def get(who, path, **more):
        client = client_of(request.getfixturevalue(who)) if who else Client()
        return client.get(path, **more)

    return get


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_of_page_has_the_same_set(ask, kind):
    who, path, status = PAGES[kind]
    response = ask(who, path)
    assert response.status_code == status
    assert policy(response) == POLICY
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert [
        name for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin") if name in response.headers
    ] == []


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_is_kept_by_a_shared_cache(ask, kind):
    who, path, _ = PAGES[kind]
    said = ask(who, path).headers["Cache-Control"]
    assert {"no-store", "private"} <= {part.strip() for part in said.split(",")}


def test_what_belongs_to_one_student_has_the_set_too(ask, ada, grace):
    application = ApplicationFactory(student=ada)
    SupervisionFactory(student=ada, supervisor=grace)
    paths = {
        "ada": [f"/applications/{application.public_id}/", f"/applications/{application.public_id}/edit/"],
        "grace": [f"/supervision/{ada.public_id}/"],
    }
    for who, path in [(who, path) for who, listed in paths.items() for path in listed]:
        response = ask(who, path)
        assert (response.status_code, policy(response)) == (200, POLICY)
        assert "no-store" in response.headers["Cache-Control"]


def test_a_refused_form_has_the_set_too(ada, client_of):
    response = client_of(ada).post("/settings/profile/", {})
    assert (response.status_code, policy(response)) == (422, POLICY)
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_a_form_without_its_token_has_the_set_too(ada):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    response = client.post("/settings/profile/", {})
    assert (response.status_code, policy(response)) == (403, POLICY)


def test_a_request_for_another_host_is_refused_with_the_set(client, db):
    response = client.get("/accounts/login/", headers={"Host": "evil.example"})
    assert (response.status_code, policy(response)) == (400, POLICY)
    assert "evil" not in response.content.decode()


def test_a_static_file_has_the_set_and_may_be_kept(client, db):
    response = client.get("/static/js/site.js")
    response.close()
    assert (response.status_code, response.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert "no-store" not in response.headers.get("Cache-Control", "")


def test_the_cookies_of_signing_in_are_out_of_reach_of_scripts_and_other_sites(client, ada, password):
    cache.clear()  # sign-ins of other tests are counted there
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": ada.email, "password": password})
    flags = {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items() if cookie.value}
    assert flags == dict.fromkeys(("session", "csrf", "device"), (True, "Lax"))


def test_the_policy_allows_nothing_inline():
    assert [part for part in POLICY if "unsafe" in part or "*" in part] == []


HTTPS = """
import json, django
django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # none collected
from django.test import Client
client = Client()
plain = client.get("/accounts/login/")
page = client.get("/accounts/login/", secure=True)
print(json.dumps({
    "plain": [plain.status_code, plain.headers["Location"]],
    "hsts": page.headers["Strict-Transport-Security"],
    "cookies": {name: [bool(c["secure"]), bool(c["httponly"]), c["samesite"], c["path"], c["domain"]]
                for name, c in page.cookies.items()},
    "names": [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME],
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "redirect": settings.SECURE_SSL_REDIRECT,
}))
"""


@pytest.fixture(scope="module")
def https():
    """What a server says whose SITE_URL begins with https, in a process of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SITE_URL": "https://testserver",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "PYTHONPATH": str(ROOT),
    }
    run = subprocess.run(
        [sys.executable, "-c", HTTPS],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout.splitlines()[-1])


def test_over_https_browsers_stay_there_for_two_years(https):
    assert https["hsts"] == "max-age=63072000; includeSubDomains; preload"
    assert https["plain"] == [301, "https://testserver/accounts/login/"]


def test_over_https_cookies_are_bound_to_this_very_host(https):
    assert https["names"] == ["__Host-session", "__Host-csrf"]
    assert https["cookies"] == {"__Host-csrf": [True, True, "Lax", "/", ""]}
    assert https["secure"] == [True, True]


def test_without_https_nothing_pretends_to_be(client, db):
    assert settings.SITE_URL.startswith("http://")
    assert "Strict-Transport-Security" not in client.get("/accounts/login/").headers
