"""How much Ada shares with whom."""

import pytest

from tests.factories import SupervisionFactory


@pytest.fixture
def share():
    """Return a function that makes one person a supervisor of another: `share(ada, grace, "stages")`."""

    def make(student, supervisor, level):
        return SupervisionFactory(student=student, supervisor=supervisor, level=level)

    return make
