"""A signed-in person who uses the site over HTTP, and the web processes that answer."""

import http.client
import re
import subprocess
import time
import urllib.parse
from dataclasses import dataclass, field

from tests.faults.ground import Ground
from tracker.stack.mailbox import listening

_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_KEY = re.compile(r'name="request_key" value="([\w-]+)"')


@dataclass
class Web:
    """Gunicorn as in production, with two processes of four threads."""

    port: int
    process: subprocess.Popen[bytes] | None

    @classmethod
    def start(cls, site: Ground) -> "Web":
        """Start it, and wait until it answers."""
        with listening() as probe:
            port = probe.getsockname()[1]
        command = ["gunicorn", "--config", "python:tracker.gunicorn"]
        web = cls(port, site.start("web", command, BIND=f"127.0.0.1:{port}", WEB_CONCURRENCY="2"))
        site.others.append(web.process)
        site.wait_until(lambda: web.status("/healthz/") == http.client.OK, seconds=60)
        return web

    def status(self, path: str) -> int:
        """Ask without a session; 0 when nobody listens."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0


@dataclass
class Answer:
    """What came back, when it was asked for and when it was there."""

    status: int
    asked: float
    ended: float
    text: str = ""


@dataclass
class Visitor:
    """One browser without scripts."""

    web: Web
    cookies: dict[str, str]
    answers: list[Answer] = field(default_factory=list)

    @classmethod
    def of(cls, user, web: Web) -> "Visitor":
        """Sign this person in by a session of their own."""
        from django.test import Client

        client = Client()
        client.force_login(user)
        return cls(web, {name: morsel.value for name, morsel in client.cookies.items()})

    def ask(self, path: str, posted: dict[str, str] | None = None) -> Answer:
        """Ask once; status 0 means that the web processes themselves did not answer."""
        asked = time.monotonic()
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Connection": "close",
        }
        body = urllib.parse.urlencode(posted) if posted is not None else None
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        status, text = 0, ""
        connection = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=40)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            response = connection.getresponse()
            status, text = response.status, response.read().decode()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    key, _, rest = value.partition("=")
                    self.cookies[key] = rest.partition(";")[0]
        except (OSError, http.client.HTTPException):
            status = 0
        finally:
            connection.close()
        self.answers.append(Answer(status, asked, time.monotonic(), text))
        return self.answers[-1]

    def add(self, role: str) -> bool:
        """Log an application as a person does: open the form, fill it, send it; say whether it was taken."""
        page = self.ask("/add/")
        token, key = _CSRF.search(page.text), _KEY.search(page.text)
        if not (token and key):
            return False
        facts = {"company_or_link": "Tidewater", "role": role, "stage": "applied", "request_key": key[1]}
        answer = self.ask("/add/", {**facts, "csrfmiddlewaretoken": token[1]})
        if answer.status == http.client.CONFLICT:
            answer = self.ask("/add/", {**facts, "csrfmiddlewaretoken": token[1], "warned": "tracked"})
        return answer.status == http.client.FOUND
