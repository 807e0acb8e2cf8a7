"""The product's settings with the floor's pages instead of the product's."""

from tracker.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
