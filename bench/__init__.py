"""Measures pages beside their floor: the same facts from hand-written SQL, joined as strings, on the same server."""
