"""The demo's data folder: ours alone, held once, never somebody else's."""

import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from alin.embarque.dossiers import Donnees, DossierRefuse
from alin.embarque.ports import PortPris, verifier_les_ports


@pytest.fixture
def tenir() -> Iterator[Callable[[Path], Donnees]]:
    """Hold a folder until the end of the test."""
    with ExitStack() as pile:
        yield lambda dossier: pile.enter_context(closing(Donnees(dossier)))


def test_the_secrets_are_drawn_once_and_only_we_can_read_them(tenir, tmp_path):
    donnees = tenir(tmp_path / "données")
    premiers = donnees.secrets()
    assert donnees.secrets() == premiers
    assert len(set(premiers.values())) == len(premiers)
    assert all(len(valeur) >= 50 for valeur in premiers.values())
    assert stat.S_IMODE((donnees.dossier / "secrets.json").stat().st_mode) == 0o600


def test_two_demos_cannot_hold_the_same_folder(tenir, tmp_path):
    tenir(tmp_path / "d")
    with pytest.raises(DossierRefuse, match="tourne déjà"):
        Donnees(tmp_path / "d")


def test_a_folder_with_other_things_in_it_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "photos").mkdir()
    with pytest.raises(DossierRefuse, match="autre chose"):
        Donnees(tmp_path)
    assert [chemin.name for chemin in tmp_path.iterdir()] == ["photos"]


def test_starting_afresh_erases_our_data_and_keeps_the_hold(tenir, tmp_path):
    donnees = tenir(tmp_path / "d")
    ailleurs = tmp_path / "ailleurs"
    ailleurs.mkdir()
    (donnees.ouvrir("courriels") / "1-a.eml").write_text("bonjour")
    (donnees.dossier / "postgres").symlink_to(ailleurs)
    avant = donnees.secrets()
    donnees.effacer()
    assert {chemin.name for chemin in donnees.dossier.iterdir()} == {"alin-donnees.txt", "verrou"}
    assert not ailleurs.exists()
    assert donnees.secrets() != avant
    with pytest.raises(DossierRefuse):
        Donnees(tmp_path / "d")


@pytest.mark.parametrize("lequel", [0, 1])
def test_a_taken_port_is_said_in_french_with_what_to_type(lequel):
    with closing(socket.create_server(("127.0.0.1", 0))) as occupant:
        port = occupant.getsockname()[1] - lequel
        with pytest.raises(PortPris, match=rf"déjà pris.*\n.*PORT={port + 10} make demo"):
            verifier_les_ports(port)
