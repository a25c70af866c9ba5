"""What beat calls, and when. Each task may be missed or run twice."""

from typing import Any

from celery.schedules import crontab


def horaires(*, demo: bool) -> dict[str, dict[str, Any]]:
    """The schedule, in Paris time; in the demo, what follows the registry's clock looks every minute."""
    return {
        "donner signe de vie": {"task": "alin.celery.signer_horloge", "schedule": 5.0, "options": {"expires": 30}},
        "vider la boîte d'envoi": {
            "task": "accounts.tasks.livrer_courriels",
            "schedule": 5.0,
            "options": {"expires": 5},
        },
        "reprendre les imports": {
            "task": "demandes.tasks.reprendre_imports",
            "schedule": 15.0,
            "options": {"expires": 15},
        },
        "reprendre les imports d'offres": {
            "task": "offres.tasks.reprendre_les_imports",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        "reprendre les actes en lot": {
            "task": "candidatures.tasks.reprendre_les_lots",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        "suivre les exports de salariés": {
            "task": "candidatures.tasks.suivre_les_exports",
            "schedule": 30.0,
            "options": {"expires": 30},
        },
        "expirer les codes": {"task": "demandes.tasks.expirer_codes", "schedule": crontab(minute="*/10")},
        "suivre les radiations": {
            "task": "candidatures.tasks.suivre_radiations",
            "schedule": crontab() if demo else crontab(minute=20),  # the demo's registry has a clock that one moves
        },
        "suivre les demandes": {
            "task": "demandes.tasks.suivre_demandes",
            "schedule": crontab() if demo else crontab(hour=6, minute=10),
        },
        "alerter des nouvelles offres": {
            "task": "candidatures.tasks.ouvrir_les_alertes",
            "schedule": crontab() if demo else crontab(hour="6-20", minute="*/10"),  # nobody is written to at night
            "options": {"expires": 600},
        },
        "passer l'heure": {"task": "candidatures.tasks.passer_l_heure", "schedule": crontab(minute="*/5")},
        "mesurer les délais": {"task": "candidatures.tasks.mesurer", "schedule": crontab(hour=4, minute=50)},
        "conserver": {"task": "candidatures.tasks.conserver", "schedule": crontab(hour=3, minute=40)},
    }
