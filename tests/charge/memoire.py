"""What the portal's processes hold, as Linux says it."""

import contextlib
import re
from pathlib import Path


def memoire(racine: int) -> int:
    """Megabytes held by the processes under this one, shared pages counted once, as Linux counts them; 0 elsewhere."""
    total = 0
    for pid in famille_de(racine):
        with contextlib.suppress(OSError):
            tenue = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
            total += int(tenue[1]) if tenue else 0
    return total // 1024


def plus_gros_ouvrier(racine: int) -> int:
    """Megabytes resident in the largest process under this one; 0 where Linux does not say."""
    tenues = [0]
    for pid in famille_de(racine):
        with contextlib.suppress(OSError):
            tenue = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
            tenues.append(int(tenue[1]) if tenue else 0)
    return max(tenues) // 1024


def famille_de(racine: int) -> set[int]:
    """This process and those under it."""
    parents = {}
    for fiche in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(fiche.parent.name)] = int(fiche.read_text().rpartition(")")[2].split()[1])
    famille = {racine}
    while nouveaux := {pid for pid, parent in parents.items() if parent in famille} - famille:
        famille |= nouveaux
    return famille
