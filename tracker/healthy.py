"""`python -m tracker.healthy /healthz/ [host:port]`: asks a health page under an allowed name; exit 0 if it is well."""

import http.client
import os
import sys

_SECONDS = 4


def main(arguments: list[str]) -> int:
    """Ask a page of this machine's site, or of another host, and print what it says unless all is well."""
    path, where = arguments[0], arguments[1] if len(arguments) > 1 else ""
    host, _, port = (where or os.environ.get("BIND", "127.0.0.1:8000")).rpartition(":")
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".") or "localhost"
    asked = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, int(port), timeout=_SECONDS)  # noqa: S104 - compared, not bound
    try:
        asked.request("GET", path, headers={"Host": name})
        answer = asked.getresponse()
        said = answer.read().decode(errors="replace")
    except OSError as error:
        print(f"{host}:{port} does not answer: {error}")  # noqa: T201 - the container engine keeps it
        return 1
    if answer.status != http.client.OK:
        print(f"{path} says {answer.status}: {said[:500]}")  # noqa: T201 - the same
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
