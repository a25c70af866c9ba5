"""Words for codes, names for communes, euros: what the simulator's templates print."""

from django import template

from demandes.sne import nomenclature
from demandes.sne.dossier import Adresse, DossierSNE
from demandes.sne.simulateur import communes

register = template.Library()


@register.filter
def libelle(code: str, table: str) -> str:
    """The words of a code: `{{ code|libelle:"MOTIFS" }}`."""
    mots: dict[str, str] = getattr(nomenclature, table)
    return mots.get(code, code)


@register.filter
def commune(code: str) -> str:
    return communes.nom(code)


@register.filter
def adresse(lue: Adresse | None) -> str:
    """« 12 rue Pasteur, 75011 Paris 11e », or « non renseignée »."""
    if lue is None:
        return "non renseignée"
    ville = lue.localite if lue.etranger else communes.noms().get(lue.commune, lue.commune)
    morceaux = (f"{lue.numero} {lue.voie}".strip(), lue.complement, f"{lue.code_postal} {ville}".strip(), lue.pays)
    return ", ".join(filter(None, morceaux))


@register.filter
def euros(montant: int | None) -> str:
    """« 1 735 € », or « non renseigné »."""
    return "non renseigné" if montant is None else f"{montant:,} €".replace(",", "\u202f").replace(" €", "\u00a0€")


@register.filter
def telephone(numero: str) -> str:
    """« 06 04 50 57 92 »."""
    return "\u00a0".join(numero[n : n + 2] for n in range(0, len(numero), 2)) or "non renseigné"


@register.filter
def profil(dossier: DossierSNE) -> str:
    """The household and its income in one line: « 2 adultes, 1 enfant · 3 115 € par mois »."""
    adultes, enfants = len(dossier.adultes), dossier.nombre_personnes - len(dossier.adultes)
    morceaux = [f"{adultes} adulte{'s' * (adultes > 1)}"]
    if enfants:
        morceaux.append(f"{enfants} enfant{'s' * (enfants > 1)}")
    total = sum(r.montant for a in dossier.adultes for r in a.ressources)
    return f"{', '.join(morceaux)} · {euros(total)} par mois"
