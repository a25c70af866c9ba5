"""What the tests of the doors share."""

from collections.abc import Callable
from typing import Any

import pytest

from candidatures.workflow import CandidatureRefusee


def refus(faire: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    """The sentence with which this is refused."""
    with pytest.raises(CandidatureRefusee) as raison:
        faire(*args, **kwargs)
    return str(raison.value)
