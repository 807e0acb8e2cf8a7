"""The demo, and the people in it, for the checks."""

import pytest

from accounts.models import User
from tests.demo_copies import load_demo
from tracker.lib import clock


@pytest.fixture
def demo(transactional_db, settings, tmp_path):
    """Load the demo of today; files go to a folder of this test."""
    settings.MEDIA_ROOT = str(tmp_path)
    load_demo(at=clock.now())


@pytest.fixture
def person():
    """Return a function that finds somebody of the demo: `person("ada")`."""
    return lambda name: User.objects.get(email=f"{name}@waymark.example")
