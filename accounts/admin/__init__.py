"""People, companies and their agents, the outbox, the registers and the texts, for the team."""

from accounts.admin import entreprises, personnes, registres, textes
from accounts.admin.lecture import LectureSeule, champ_date, personne

__all__ = ["LectureSeule", "champ_date", "entreprises", "personne", "personnes", "registres", "textes"]
