"""A circuit breaker: after a few silences in a row the registry is left alone for a while, and callers know at once."""

import threading
import time


class Disjoncteur:
    """Closed, it lets every call pass; open, one trial for each `repos` seconds, whose success closes it.

    One for a process, shared by its threads. A trial that never reports blocks nothing: the next may come after the
    same rest.
    """

    def __init__(self, silences: int, repos: float) -> None:
        """Opens at this many silences in a row; `repos` in seconds."""
        self.silences_permis = silences
        self.repos = repos
        self.silences = 0
        self.essai_a = 0.0
        self.verrou = threading.Lock()

    def laisse_passer(self) -> bool:
        """Whether one more call may leave."""
        with self.verrou:
            if self.silences < self.silences_permis:
                return True
            if time.monotonic() < self.essai_a:
                return False
            self.essai_a = time.monotonic() + self.repos
            return True

    def noter(self, *, repond: bool) -> None:
        """What became of a call that passed."""
        with self.verrou:
            self.silences = 0 if repond else self.silences + 1
            if self.silences >= self.silences_permis:
                self.essai_a = time.monotonic() + self.repos
