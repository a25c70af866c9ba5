"""TCP ports: the two the demo shows, and those nobody needs to know."""

import errno
import socket


class PortPris(Exception):
    """The message says which port, and what to do."""


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


def est_pris(port: int) -> bool:
    """Can we not listen there, in IPv4 or in IPv6? A machine without IPv6 is no obstacle."""
    for famille, hote in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(famille) as prise:
                prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                prise.bind((hote, port))
        except OSError as erreur:
            if erreur.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                return True
    return False


def verifier_les_ports(port: int) -> None:
    """The portal's and the simulator's. Raises PortPris."""
    for voulu in (port, port + 1):
        if est_pris(voulu):
            autre = port + 10
            raise PortPris(
                f"Le port {voulu} est déjà pris sur cette machine (AL'in occupe {port} et {port + 1}).\n"
                f"Choisissez-en un autre, par exemple : PORT={autre} make demo"
            )


def localhost_est_en_ipv6() -> bool:
    """True where « localhost » means ::1 and nothing else: the portal must then listen there too."""
    try:
        adresses = {adresse[4][0] for adresse in socket.getaddrinfo("localhost", None)}
    except OSError:
        return False
    return "::1" in adresses and "127.0.0.1" not in adresses
