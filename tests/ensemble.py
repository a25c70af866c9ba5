"""Doing several things at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def ensemble(*taches: Callable[[], Any]) -> list[Any]:
    """Do all of them at once, each in a thread with a connection of its own; what each gave, or raised."""
    depart = threading.Barrier(len(taches))
    resultats: list[Any] = [None] * len(taches)

    def courir(n: int) -> None:
        depart.wait()
        try:
            resultats[n] = taches[n]()
        except Exception as erreur:  # the loser's refusal is a result
            resultats[n] = erreur
        finally:
            connections.close_all()

    fils = [threading.Thread(target=courir, args=(n,)) for n in range(len(taches))]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return resultats
