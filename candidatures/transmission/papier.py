"""The dossier on paper: PDF/UA-1, made by typst from the tables of `contenu` each time it is asked for.

Values reach the template as data (`sys.inputs`), never as source: what a person is called cannot become an
instruction. The compiler may read the template's folder and nothing else.
"""

import json
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import typst

from candidatures.mes_donnees.structure import Table, moment
from candidatures.transmission.contenu import ECARTES
from demandes.mots import NON_RENSEIGNE

INCONNU = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\u036f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff"
    r"\u1e00-\u1eff\u2000-\u2040\u2044-\u206f\u20a0-\u20c0]"
)
"""Signs that the compiler's own fonts do not draw (Latin, Greek and Cyrillic they do); PDF/UA refuses an empty box."""
GABARIT = Path(__file__).parent / "papier" / "dossier.typ"


def dessiner(tables: Sequence[Table], etabli_le: datetime) -> bytes:
    """The PDF. The same tables and the same moment give the same bytes."""
    donnees = {"etabli_le": moment(etabli_le), "ecartes": ECARTES, "tables": [_table(table) for table in tables]}
    pdf: bytes = typst.compile(
        GABARIT,
        root=GABARIT.parent,
        ignore_system_fonts=True,
        sys_inputs={"dossier": json.dumps(donnees, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(etabli_le.timestamp()),
    )
    return pdf


def _table(table: Table) -> dict[str, object]:
    """Labels and words, without what is for machines only; a sheet leaves out what nobody filled in."""
    return {
        "cle": table.cle,
        "titre": table.titre,
        "unique": table.unique,
        "fiches": [
            {
                donnee.cle: {"libelle": donnee.libelle, "texte": INCONNU.sub("?", donnee.texte)}
                for donnee in fiche.en_clair()
                if not (table.unique and donnee.texte == NON_RENSEIGNE)
            }
            for fiche in table.fiches
        ],
    }
