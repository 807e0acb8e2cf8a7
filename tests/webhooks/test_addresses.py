"""No address leads inside: not by number, by name, by a name that changes its mind, nor by another way to write one."""

import socket

import pytest

from tests.factories import ApplicationFactory
from tracker.lib import clock
from tracker.lib.errors import DomainError
from tracker.lib.reaching import ReachError, number_of
from webhooks.actions.keeping import make_webhook
from webhooks.addresses import destination
from webhooks.models import Webhook, WebhookDelivery

pytestmark = pytest.mark.django_db

INSIDE = [
    *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),  # noqa: S104
    *("169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255"),
    *("168.63.129.16", "192.88.99.1", "240.0.0.1", "203.0.113.9"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "fe80::1", "fe80::1%1"),
    *("fd00:ec2::254", "fec0::1", "ff02::1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::1"),
    *("2001::1", "2001:db8::1", "3fff::1", "100::1", "5f00::1"),
]
OPEN = ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::8a"]


def answering(monkeypatch, *numbers):
    """Let each lookup of a name answer with the next of these, and return the names that were asked."""
    asked, left, real = [], list(numbers), socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        if number_of(host):
            return real(host, port, *args, **kwargs)
        asked.append(host)
        number = left.pop(0) if len(left) > 1 else left[0]
        found = number if isinstance(number, list) else [number]
        family = [socket.AF_INET6 if ":" in one else socket.AF_INET for one in found]
        return [(kind, socket.SOCK_STREAM, 6, "", (one, port)) for kind, one in zip(family, found, strict=True)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("number", INSIDE)
def test_no_number_inside_may_be_told_by_itself_or_by_name(number, monkeypatch):
    host = f"[{number}]" if ":" in number else number
    with pytest.raises(ReachError):
        destination(f"https://{host}/")
    answering(monkeypatch, number)
    with pytest.raises(ReachError, match="leads into a net that is not open to all"):
        destination("https://hooks.example.org/")
    answering(monkeypatch, ["93.184.216.34", number])
    with pytest.raises(ReachError, match="leads into a net that is not open to all"):
        destination("https://hooks.example.org/")


@pytest.mark.parametrize("number", OPEN)
def test_open_numbers_may(number, monkeypatch):
    answering(monkeypatch, number)
    assert destination("https://hooks.example.org:8443/x?y=1")[1] == number


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.org/",
        "https://hooks.example.org:80/",
        "https://hooks.example.org:22/",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:65536/",
        "https://me:word@hooks.example.org/",
        "https://hooks.example.org@127.0.0.1/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25eth0]/",
        "https://ⓛocalhost/",
        "https://münchen.example/",
        "https://a..example/",
        f"https://{'a' * 64}.example/",
        "https://hooks.example.org\r\nX-Evil: 1/",
        "https://hooks.example.org/\r\nX-Evil: 1",
        "https:///x",
        "https://",
        "ftp://hooks.example.org/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/_x",
        "javascript:alert(1)",
        "",
        "\0",
        "https://hooks.example.org/" + "x" * 2000,
    ],
)
def test_what_is_no_address_for_it_is_refused_with_a_sentence(ada, url):
    with pytest.raises(DomainError) as refused:
        make_webhook(person=ada, name="x", url=url, events=["round.added"], at=clock.now())
    assert (refused.value.field, refused.value.sentence.endswith((".", "1"))) == ("url", True)
    assert Webhook.objects.count() == 0


def test_a_name_that_changes_its_mind_is_asked_again_at_each_try_and_leads_nowhere(
    ada, receiver, settings, monkeypatch, send, season
):
    settings.WEBHOOKS_INSIDE = []
    port = receiver.origin.rpartition(":")[2]
    monkeypatch.setattr("webhooks.addresses.PORTS", {443, int(port)})
    asked = answering(monkeypatch, "93.184.216.34", "127.0.0.1")
    make_webhook(
        person=ada, name="x", url=f"https://turning.example:{port}/", events=["application.added"], at=clock.now()
    )
    send()
    assert (asked, receiver.arrived) == (["turning.example", "turning.example"], [])
    assert WebhookDelivery.objects.get().said == "turning.example leads into a net that is not open to all."


def test_the_number_that_was_looked_at_is_the_one_that_is_called(ada, receiver, settings, monkeypatch, send, season):
    """Within one try the name is looked up once: a second answer, which would lead inside, is never asked for."""
    port = receiver.origin.rpartition(":")[2]
    settings.WEBHOOKS_INSIDE = [f"http://turning.example:{port}"]
    asked = answering(monkeypatch, "127.0.0.1", "127.0.0.1", "192.0.2.1")
    make_webhook(
        person=ada, name="x", url=f"http://turning.example:{port}/x", events=["application.added"], at=clock.now()
    )
    assert send() == 1
    assert asked == ["turning.example", "turning.example"]
    assert receiver.arrived[0][1]["Host"] == f"turning.example:{port}"


def test_what_whoever_runs_the_site_named_is_that_origin_alone(ada, receiver):
    for url in (receiver.origin.replace("http:", "https:"), "http://127.0.0.1:1/", "http://localhost/"):
        with pytest.raises(ReachError):
            destination(url)
    assert destination(f"{receiver.origin}/any")[1] == "127.0.0.1"


def test_a_redirect_to_inside_is_not_followed(ada, hook, receiver, send, season):
    receiver.answers = lambda _path: (307, {"Location": "http://169.254.169.254/latest/meta-data/"}, [])
    ApplicationFactory(student=ada)
    assert (send(), len(receiver.arrived)) == (1, 1)
    assert WebhookDelivery.objects.get().said == "It answered 307."
