"""An empty cache for each test: sign-in limits are counted there."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _no_guesses_yet():
    cache.clear()
