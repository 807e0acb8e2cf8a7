"""Which addresses may be told, and which number is called: asked when one is saved, and again at each try."""

from urllib.parse import SplitResult

from django.conf import settings

from tracker.lib.reaching import ReachError, number_of, open_number, origin_of, port_of, read_url

PORTS = {443, 8443}
_LETTERS = "Write the address in plain letters: münchen.example is xn--mnchen-3ya.example."


def destination(url: str) -> tuple[SplitResult, str]:
    """Return the parts of an address and the number to call; ReachError says why it may not be told.

    It is https on a usual port, and in the open net. Whoever runs the site may name others (WEBHOOKS_INSIDE).
    """
    if not url.isascii():
        raise ReachError(_LETTERS)
    parts = read_url(url)
    if origin_of(parts) in settings.WEBHOOKS_INSIDE:
        return parts, str(number_of(parts.hostname or "") or open_number(parts, inside=True))
    if parts.scheme != "https":
        raise ReachError("Use an address that begins with https://.")
    if port_of(parts) not in PORTS:
        raise ReachError("Use port 443, which is the usual one, or 8443.")
    return parts, open_number(parts)
