"""The simulator as a WSGI server runs it. Give it many threads: a call that is told to be slow keeps one asleep."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "demandes.sne.simulateur.settings"

application = get_wsgi_application()
