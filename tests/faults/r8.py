"""R8: with Redis gone every form works: no answer of 5xx, and what was written is kept."""

import time
from collections import Counter

from tests.faults.ground import ground
from tests.faults.table import Row

_LEFT_OUT = ("/accounts/logout/", "/welcome/")
_SLOW = 3.0


def run() -> Row:
    """Load the demo, end Redis, open every page of each role, and send each of its forms as it stands."""
    statuses: Counter[int] = Counter()
    slow: list[str] = []
    with ground(pages=True) as site:
        from django.test import Client

        from accounts.models import User
        from applications.models import Application, Event
        from tests.crawl import crawl
        from tests.html_forms import Reader
        from tracker.demo_data.loading import load
        from tracker.lib import clock

        load(at=clock.now())
        site.valkey.crash()
        before = (Application.objects.count(), Event.objects.count())
        for email in ("ada", "grace", "cora"):
            client = Client()
            client.force_login(User.objects.get(email=f"{email}@waymark.example"))
            for path, html in crawl(client).items():
                for form in Reader(html, path).forms:
                    if form.action.startswith(_LEFT_OUT):
                        continue
                    began = time.monotonic()
                    statuses[_sent(client, form)] += 1
                    if time.monotonic() - began > _SLOW:
                        slow.append(form.action)
        added = _adds(User.objects.get(email="ada@waymark.example"))
        after = (Application.objects.count(), Event.objects.count())
    held = {
        "no answer of 5xx": not any(status >= 500 for status in statuses),
        "writes succeed": added and after > before,
        f"none waits for Redis {slow[:3]}": not slow,
        "there were forms": statuses.total() > 50,
    }
    seen = ", ".join(f"{count} x {status}" for status, count in sorted(statuses.items()))
    return Row("R8", f"{statuses.total()} forms of three people without Redis", seen, held)


def _sent(client, form) -> int:
    """Send a form as it stands and take back what it did, so that what one deletes is there for the next."""
    from django.db import transaction

    typed = {one.name: [one.value] for one in form.typed}
    with transaction.atomic():
        answer = client.post(form.action, {**typed, **form.hidden(), **form.chosen()})
        transaction.set_rollback(True)
    return answer.status_code


def _adds(student) -> bool:
    import uuid

    from django.test import Client

    from applications.models import Application

    client = Client()
    client.force_login(student)
    facts = {"company_or_link": "Tidewater", "role": "Without Redis", "stage": "applied"}
    client.post("/add/", {**facts, "request_key": str(uuid.uuid4()), "warned": "tracked"})
    return Application.objects.filter(role="Without Redis").exists()
