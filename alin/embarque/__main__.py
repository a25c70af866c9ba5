"""`python -m alin.embarque COMMAND…` runs the command with an embedded PostgreSQL and Valkey up."""

import os
import signal
import sys

from alin.embarque.essais import executer

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Usage : python -m alin.embarque COMMANDE [ARGUMENT…]")
    # A programme of the virtual environment is found by its name alone.
    os.environ["PATH"] = os.path.dirname(sys.executable) + os.pathsep + os.environ.get("PATH", os.defpath)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(executer(sys.argv[1:]))
