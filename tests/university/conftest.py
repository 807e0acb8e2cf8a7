"""A university and a site that signs in with it, each a process of its own, and somebody who walks between them."""

import html
import os
import re
import socket
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

import pytest
import requests
from django.core.cache import cache
from django.db import connection

from tracker.stack import processes
from tracker.stack.home import ROOT

NAME = "University of Example"
BEGIN = "/accounts/university/login/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_THERE = re.compile(r'<meta http-equiv="refresh" content="0; url=([^"]+)">')
_TEXT = re.compile(r"<[^>]+>")


@dataclass
class University:
    """The provider's process, and how this site is known there."""

    port: int
    process: object
    client: dict[str, str] = field(default_factory=dict)

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.port}"

    def knows(self, sub, **claims):
        """Let there be a person with these claims."""
        requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def bend(self, how):
        requests.put(f"{self.issuer}/bend/{how}", timeout=10).raise_for_status()
        cache.clear()  # the site remembers what the university says of itself

    def register(self, site):
        asked = {"redirect_uris": [f"{site}{BEGIN}callback/"], "token_endpoint_auth_method": "client_secret_basic"}
        self.client = requests.post(f"{self.issuer}/oauth2/clients", json=asked, timeout=10).json()


class Visitor:
    """A browser without scripts: one session at the site, the university's password in the head."""

    def __init__(self, site):
        self.site = site
        self.session = requests.Session()

    def get(self, path, **more):
        return self.session.get(f"{self.site}{path}", timeout=20, allow_redirects=False, **more)

    def post(self, path, page, **typed):
        """Send a form of this page."""
        token = _TOKEN.search(self.get(page).text)
        typed |= {"csrfmiddlewaretoken": token[1] if token else ""}
        return self.session.post(f"{self.site}{path}", data=typed, timeout=20, allow_redirects=False)

    def begin(self, page="/accounts/login/", **typed):
        """Press the button, and return the address that the page leads on to."""
        answer = self.post(BEGIN, page, **typed)
        assert answer.status_code == 200, answer.status_code
        return html.unescape(_THERE.search(answer.text)[1])

    def agree(self, there, sub):
        """Sign in at the university, and return the way back."""
        answer = requests.post(there, data={"sub": sub}, timeout=20, allow_redirects=False)
        return answer.headers["Location"].removeprefix(self.site)

    def refuse(self, there):
        answer = requests.post(there, data={"action": "deny"}, timeout=20, allow_redirects=False)
        return answer.headers["Location"].removeprefix(self.site)

    def sign_in(self, sub, **begin):
        """Go the whole way, and return the site's answer at its end."""
        return self.get(self.agree(self.begin(**begin), sub))

    def who(self):
        """Return the address of whoever is signed in; nothing for nobody."""
        page = self.get("/settings/profile/")
        found = re.search(r'<p class="who"><b>[^<]*</b><span>([^<]+)</span>', page.text)
        return found[1] if found else ""


def said(answer):
    """Return what stands on a page, under its heading."""
    main = answer.text.partition("<main")[2].partition("</main>")[0].partition(">")[2]
    return " ".join(html.unescape(_TEXT.sub(" ", main)).split())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url, process, log):
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        assert process.poll() is None, log.read_text()[-3000:]
        try:
            requests.get(url, timeout=20)  # the first one waits until all is loaded
        except (requests.ConnectionError, requests.Timeout):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text()[-3000:])


@contextmanager
def running(command, url, log, **env):
    """Run a program of ours until the block ends."""
    with log.open("ab") as out:
        process = processes.start([sys.executable, "-m", *command], log=out, env={**os.environ, **env}, cwd=ROOT)
    try:
        answers(url, process, log)
        yield process
    finally:
        processes.stop(process)


@contextmanager
def universities(folder):
    port = free_port()
    command = ["tests.university.provider", str(port)]
    with running(command, f"http://127.0.0.1:{port}/jwks", folder / f"university{port}.log") as process:
        yield University(port, process)


@contextmanager
def sites(university, folder, **changed):
    """Serve a site that knows this university, on the database of the tests."""
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    university.register(site)
    env = {
        "DJANGO_SETTINGS_MODULE": "tests.university.site_settings",
        "DATABASE_URL": urlunsplit(
            urlsplit(os.environ["DATABASE_URL"])._replace(path=_path(connection.settings_dict["NAME"]))
        ),
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
        "SITE_URL": site,
        "OIDC_ISSUER": university.issuer,
        "OIDC_CLIENT_ID": university.client["client_id"],
        "OIDC_CLIENT_SECRET": university.client["client_secret"],
        "OIDC_NAME": NAME,
        **changed,
    }
    command = ["gunicorn", "--config", "python:tracker.gunicorn"]
    with running(command, f"{site}/healthz/", folder / f"site{port}.log", **env):
        yield site


def _path(name):
    """Return the path of the address of a database of this name, beside the one that the environment names."""
    return f"{urlsplit(os.environ['DATABASE_URL']).path.rpartition('/')[0]}/{name}"


@pytest.fixture(scope="module")
def the_university(tmp_path_factory):
    with universities(tmp_path_factory.mktemp("university")) as one:
        yield one


@pytest.fixture(scope="module")
def site(the_university, tmp_path_factory, django_db_setup):
    with sites(the_university, tmp_path_factory.mktemp("site")) as one:
        yield one


@pytest.fixture
def university(the_university):
    """Give the one that runs, without the bad manners that the last test asked for."""
    the_university.bend("well")
    return the_university


@pytest.fixture
def visitor(site, university, transactional_db):
    return Visitor(site)
