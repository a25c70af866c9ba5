"""One settings file, read from the environment. Every variable is described in docs/exploitation.md."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext

from alin import entetes, journal
from alin.environnement import base_de_donnees, cle_secrete, liste, oui
from alin.horaires import horaires

django_stubs_ext.monkeypatch()

RACINE = Path(__file__).resolve().parent.parent

# What this process is
DEMO = oui("ALIN_DEMO")
DEBUG = oui("ALIN_DEBUG")
ADRESSE = os.environ.get("ALIN_ADRESSE", "http://localhost:8000").rstrip("/")
EN_HTTPS = ADRESSE.startswith("https://")
SECRET_KEY = cle_secrete()
ALLOWED_HOSTS = liste("ALIN_HOTES", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = [ADRESSE]

INSTALLED_APPS = [
    "accounts",
    "demandes",
    "offres",
    "candidatures",
    "alin",
    "alin.apps.EspaceConseillerConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "lucide",
    "pgtrigger",
    "phonenumber_field",
    "template_partials",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "alin.murs.pour_nous_seuls",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alin.murs.sans_memoire",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.deuxieme_facteur.DeuxiemeFacteurExige",
    "django_htmx.middleware.HtmxMiddleware",
    "alin.murs.une_phrase",
]

ROOT_URLCONF = "alin.urls"
WSGI_APPLICATION = "alin.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "lucide.templatetags.lucide",
                "alin.templatetags.icones",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

# Data
DATABASES = {"default": base_de_donnees(os.environ.get("DATABASE_URL", "postgresql://alin@localhost/alin"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "alin",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 3},
    }
}
SESSION_ENGINE = "alin.sessions"
SESSION_COOKIE_AGE = 12 * 3600

# People and sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.droits.DroitsDuRole", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.HuitCaracteres"},
    {"NAME": "accounts.passwords.UnChiffre"},
    {"NAME": "accounts.passwords.UneMajuscule"},
    {"NAME": "accounts.passwords.UneMinuscule"},
    {"NAME": "accounts.passwords.DifferentDeLIdentifiant"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:espace"
LOGOUT_REDIRECT_URL = "accueil"
PASSWORD_RESET_TIMEOUT = 2 * 24 * 3600
ACCOUNT_ADAPTER = "accounts.adapter.Adaptateur"
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key,20/d/key",
    "contact": "20/h/ip,5/h/key",
    "code_import": "60/h/ip",
    **{"transmission": "60/h/key", "transmission_fausse": "30/m/ip"},
}
"""By address of the network, which many people may share, and by account, e-mail address or link: wrong passwords and
codes (CNIL 2022-100; a new password clears them), messages to the support, codes of imports, transmitted dossiers."""
ACCOUNT_FORMS = {
    "signup": "accounts.forms.CreationCompteForm",
    "login": "accounts.forms.ConnexionForm",
    "reset_password": "accounts.forms.MotDePasseOublieForm",
    "reset_password_from_key": "accounts.forms.MiseAJourMotDePasseForm",
    "change_password": "accounts.forms.ChangementMotDePasseForm",
    "add_email": "accounts.forms.NouvelleAdresseForm",
    "reauthenticate": "accounts.forms.ConfirmerMotDePasseForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 2
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True

# The second factor (accounts.deuxieme_facteur says who must have one)
MFA_ADAPTER = "accounts.adapter.AdaptateurDeuxiemeFacteur"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "AL’in" if EN_HTTPS else "AL’in (démonstration)"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not EN_HTTPS
MFA_FORMS = {
    "authenticate": "accounts.forms_deuxieme_facteur.CodeForm",
    "reauthenticate": "accounts.forms_deuxieme_facteur.ConfirmerCodeForm",
    "activate_totp": "accounts.forms_deuxieme_facteur.ActiverApplicationForm",
    "add_webauthn": "accounts.forms_deuxieme_facteur.AjouterCleForm",
    "edit_webauthn": "accounts.forms_deuxieme_facteur.RenommerCleForm",
}

# Words and dates
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
PHONENUMBER_DEFAULT_REGION = "FR"
PHONENUMBER_DEFAULT_FORMAT = "NATIONAL"

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("ALIN_STATIQUES", RACINE / "statiques"))
STATICFILES_DIRS = [RACINE / "static"]
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if DEBUG else "alin.statiques.Empreintes"
    },
}

# Mail: every message goes through the outbox (accounts.courriels); this is what the worker speaks to.
EMAIL_HOST = os.environ.get("ALIN_SMTP_HOTE", "localhost")
EMAIL_PORT = int(os.environ.get("ALIN_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("ALIN_SMTP_COMPTE", "")
EMAIL_HOST_PASSWORD = os.environ.get("ALIN_SMTP_MOT_DE_PASSE", "")
EMAIL_USE_TLS = oui("ALIN_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("ALIN_EXPEDITEUR", "Action Logement <no-reply@actionlogement.fr>")
ADRESSE_RETOURS = os.environ.get("ALIN_ADRESSE_RETOURS", "")
"""Where undelivered mails come back, to be read by `manage.py lire_un_retour`; the sender's without it."""
COURRIEL_SUPPORT = os.environ.get("ALIN_COURRIEL_SUPPORT", "support@alin.example")
ALIN_BOITE_DEMO = os.environ.get("ALIN_BOITE_DEMO", "")

# The national registry (demandes.sne.client)
SNE_URL = os.environ.get("ALIN_SNE_URL", "http://127.0.0.1:8001").rstrip("/")
SNE_PAGES = os.environ.get("ALIN_SNE_PAGES", SNE_URL).rstrip("/")
"""Where a person (rather than the portal) opens the simulator, in the demo."""
SNE_CLIENT = os.environ.get("ALIN_SNE_CLIENT", "alin")
SNE_SECRET = os.environ.get("ALIN_SNE_SECRET", "")
SNE_DELAI = float(os.environ.get("ALIN_SNE_DELAI", "5"))
"""Seconds to wait for one answer of the registry."""
SNE_REPOS = float(os.environ.get("ALIN_SNE_REPOS", "15"))
"""Seconds a registry that does not answer is left alone."""
# INSEE's directory of establishments (demandes.sirene): off without an address
SIRENE_URL = os.environ.get("ALIN_SIRENE_URL", "").rstrip("/")
SIRENE_CLE = os.environ.get("ALIN_SIRENE_CLE", "")
TRANSMISSION_JOURS = int(os.environ.get("ALIN_TRANSMISSION_JOURS", "60"))  # how long a bailleur's link opens

# Whether the dwelling of whoever refused goes to the next rank by itself; else an adviser does it
PASSER_AU_SUIVANT = oui("ALIN_PASSER_AU_SUIVANT", "1")

# Celery: the outbox and the clock
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **{"socket_connect_timeout": 1, "socket_timeout": 5, "visibility_timeout": 600},
    **{"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0},  # whoever publishes never waits
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = horaires(demo=DEMO)

# Walls
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = EN_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if EN_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = EN_HTTPS
SECURE_HSTS_PRELOAD = EN_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if oui("ALIN_DERRIERE_PROXY") else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if oui("ALIN_DERRIERE_PROXY") else 0
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SESSION_COOKIE_NAME = "__Host-session" if EN_HTTPS else "session"
SESSION_COOKIE_SECURE = EN_HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_NAME = "__Host-csrf" if EN_HTTPS else "csrf"
CSRF_COOKIE_SECURE = EN_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alin.pages.jeton_perdu"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
"""Django's default keeps in a cookie sentences that name people."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
"""Bytes of one request; a longer one is answered 413 before it is read (alin.murs)."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = ["alin.murs.Guichet", "django.core.files.uploadhandler.TemporaryFileUploadHandler"]
CONTENT_SECURITY_POLICY = entetes.CONTENU
PERMISSIONS_POLICY = entetes.PERMISSIONS

# What is written down: alin.journal says what never is
DEFAULT_EXCEPTION_REPORTER = "alin.rapports.Rapport"
DEFAULT_EXCEPTION_REPORTER_FILTER = "alin.rapports.RienDePersonnel"
LOGGING = journal.reglages(
    os.environ.get("ALIN_JOURNAL", "INFO"),
    [
        SECRET_KEY,
        SNE_SECRET,
        SIRENE_CLE,
        EMAIL_HOST_PASSWORD,
        DATABASES["default"]["PASSWORD"],
        urlsplit(REDIS_URL).password or "",
    ],
)
