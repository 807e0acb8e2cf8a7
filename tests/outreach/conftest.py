"""A web server that stands for the open index of papers."""

from tests.companies.conftest import server, site

__all__ = ["server", "site"]
