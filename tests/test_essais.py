"""What the suite itself rests on."""

import os

import pytest


@pytest.mark.xdist_group("témoin")
def test_the_tests_of_one_group_are_kept_together(request: pytest.FixtureRequest) -> None:
    """A group that is not seen is not refused: its tests spread over the processes, each with a demo of its own."""
    assert request.node.nodeid.endswith("@témoin") == ("PYTEST_XDIST_WORKER" in os.environ)
