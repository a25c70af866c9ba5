"""`python -m demandes.sne.simulateur COMMAND…`: the simulator's `manage.py` (migrate, peupler, runserver, check…)."""

import os

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "demandes.sne.simulateur.settings"
    execute_from_command_line()
