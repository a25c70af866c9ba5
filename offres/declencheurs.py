"""What PostgreSQL does by itself when an offer or a reference table is written, whoever writes it."""

import pgtrigger

COPIE_DE = ("commune_id", "financement", "departement", "case_de_plafond")
LIEU = pgtrigger.Trigger(
    name="lieu_de_la_commune",
    level=pgtrigger.Row,
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf(*COPIE_DE),  # type: ignore[no-untyped-call]
    func="""
        SELECT commune.departement_id,
               CASE WHEN left(commune.departement_id, 2) = '97' THEN ''
                    WHEN NEW.financement = 'LLI' THEN 'LLI:' || commune.zone_abc
                    ELSE NEW.financement || ':' || commune.zone END
          INTO NEW.departement, NEW.case_de_plafond
          FROM demandes_commune commune
         WHERE commune.code = NEW.commune_id;
        RETURN NEW;
    """,
)
"""What the list looks an offer up by, copied from its commune, so that one index finds and counts all that fit.

Another trigger has an offer copy it again when its commune changes (migration 0045).
"""

REPERE = pgtrigger.Trigger(
    name="repere_des_baremes",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="INSERT INTO demandes_tabledereference (nom, empreinte, chargee_le) VALUES ('baremes', '', clock_timestamp()) "
    "ON CONFLICT (nom) DO UPDATE SET chargee_le = EXCLUDED.chargee_le; RETURN NULL;",
)
"""Whoever remembers these tables learns that they changed, whatever changed them (`demande.reperes`)."""
