"""The values of a demand as people write them: a day, an amount, an address, a disability."""

from datetime import date

from demandes.sne import nomenclature as codes
from demandes.sne.dossier import Adresse, Handicap, Localisation, PersonneACharge

INSECABLE = "\u202f"
NON_RENSEIGNE = "non renseigné"


def euros(montant: int | None) -> str:
    """« 1 038 € », with narrow no-break spaces."""
    if montant is None:
        return NON_RENSEIGNE
    return f"{montant:,}".replace(",", INSECABLE) + "\u00a0€"


def le(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else NON_RENSEIGNE


def oui(vrai: bool) -> str:
    return "oui" if vrai else "non"


def adresse(lue: Adresse, communes: dict[str, str]) -> str:
    """« appartement 12, étage 3, 4 rue de la Roquette, 75011 Paris 11e »."""
    dedans = [
        *([f"appartement {lue.appartement}"] if lue.appartement else []),
        *([f"étage {lue.etage}"] if lue.etage else []),
        *([f"escalier {lue.escalier}"] if lue.escalier else []),
        *([f"bâtiment {lue.batiment}"] if lue.batiment else []),
        *filter(None, (lue.complement, f"{lue.numero} {lue.voie}".strip(), lue.lieu_dit)),
    ]
    ville = lue.localite if lue.etranger else communes.get(lue.commune, lue.commune)
    return ", ".join(filter(None, (*dedans, f"{lue.code_postal} {ville}".strip(), lue.pays if lue.etranger else "")))


def lieu(souhait: Localisation, communes: dict[str, str]) -> str:
    """« Montreuil (quartier Croix de Chavaux) »."""
    quartier = f" (quartier {souhait.quartier})" if souhait.quartier else ""
    return f"{communes.get(souhait.commune, souhait.commune)}{quartier}"


def a_charge(personne: PersonneACharge) -> str:
    """« Enfant, né(e) le 01/06/2022, garde alternée »."""
    garde = f", {codes.GARDES[personne.garde].lower()}" if personne.garde else ""
    return f"{codes.LIENS_A_CHARGE[personne.lien]}, né(e) le {le(personne.date_naissance)}{garde}"


def handicap(lu: Handicap) -> str:
    """« reconnu, moteur, stable ; marches : aucune marche ; aides : fauteuil manuel ; équipements : ascenseur »."""
    natures = (("moteur", lu.moteur), ("sensoriel", lu.sensoriel), ("autre", lu.autre))
    qualites = ["reconnu" if lu.reconnu else "non reconnu", *(mot for mot, vrai in natures if vrai)]
    qualites += [codes.ETATS_HANDICAP[lu.etat].lower()] if lu.etat else []
    qualites += ["suivi par un référent"] if lu.referent else []
    morceaux = [", ".join(qualites)]
    if lu.marches:
        morceaux.append(f"marches : {codes.MARCHES[lu.marches].lower()}")
    if lu.aides:
        morceaux.append(f"aides : {', '.join(codes.AIDES_TECHNIQUES[code] for code in lu.aides).lower()}")
    if lu.equipements:
        morceaux.append(f"équipements : {', '.join(codes.EQUIPEMENTS[code] for code in lu.equipements)}")
    if lu.besoin:
        morceaux.append(f"besoin : {lu.besoin}")
    return " ; ".join(morceaux)
