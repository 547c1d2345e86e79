"""Settings, read once from the environment and the secrets folder (docs/settings.md)."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from govkz.mobile.figures import SHIPPED
from joldama.config.secrets import read_secrets

BASE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("JOLDAMA_DATA") or Path.home() / ".local/share/joldama")
SECRETS = read_secrets(os.environ.get("JOLDAMA_SECRETS"))

DEBUG = False
SECRET_KEY = SECRETS.django
JOLDAMA_KEYS = SECRETS.field_keys
JOLDAMA_INDEX_KEY = SECRETS.index_key
JOLDAMA_JOURNAL_KEYS = SECRETS.journal_keys
JOLDAMA_CODE_KEYS = SECRETS.code_keys
JOLDAMA_GENERATED = Path(os.environ.get("JOLDAMA_GENERATED") or DATA / "generated")
JOLDAMA_ORIGIN = os.environ.get("JOLDAMA_ORIGIN", "http://localhost:8000")
JOLDAMA_LIVE_ORIGIN = os.environ.get("JOLDAMA_LIVE_ORIGIN", "")
JOLDAMA_CLOCK_FILE = os.environ.get("JOLDAMA_CLOCK_FILE", "")
JOLDAMA_SIGNER_URL = os.environ.get("JOLDAMA_SIGNER_URL", "")
JOLDAMA_NCALAYER = os.environ.get("JOLDAMA_NCALAYER") or "wss://127.0.0.1:13579/"
JOLDAMA_TIMESTAMPS = os.environ.get("JOLDAMA_TIMESTAMPS") == "1"
JOLDAMA_GATEWAY = os.environ.get("JOLDAMA_GATEWAY", "")
JOLDAMA_GATEWAY_SENDER = os.environ.get("JOLDAMA_GATEWAY_SENDER", "joldama")
JOLDAMA_GATEWAY_CODES = os.environ.get("JOLDAMA_GATEWAY_CODES", "")
JOLDAMA_CENTRE = os.environ.get("JOLDAMA_CENTRE", "")
JOLDAMA_CENTRE_POINTS = os.environ.get("JOLDAMA_CENTRE_POINTS", "")
JOLDAMA_EGOV_MOBILE = Path(os.environ.get("JOLDAMA_EGOV_MOBILE") or SHIPPED)
JOLDAMA_OPERATOR_BIN = os.environ.get("JOLDAMA_OPERATOR_BIN", "")
JOLDAMA_PHONE_URL = os.environ.get("JOLDAMA_PHONE_URL", "")
JOLDAMA_SMTP = os.environ.get("JOLDAMA_SMTP", "")
JOLDAMA_MAIL_FROM = os.environ.get("JOLDAMA_MAIL_FROM") or f"noreply@{urlsplit(JOLDAMA_ORIGIN).hostname}"
JOLDAMA_SECOND_REFERRALS = os.environ.get("JOLDAMA_SECOND_REFERRALS") == "1"
JOLDAMA_RENEW_STAMPS_DAYS = int(os.environ.get("JOLDAMA_RENEW_STAMPS_DAYS") or 180)
JOLDAMA_RECALL_MINUTES = int(os.environ.get("JOLDAMA_RECALL_MINUTES") or 0)
JOLDAMA_PARTNER_CALLS = int(os.environ.get("JOLDAMA_PARTNER_CALLS") or 60)
JOLDAMA_SEAL = Path(os.environ.get("JOLDAMA_SEAL") or DATA / "seal")

_SECURE = JOLDAMA_ORIGIN.startswith("https://")
ALLOWED_HOSTS = [urlsplit(JOLDAMA_ORIGIN).hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [JOLDAMA_ORIGIN]
CSRF_FAILURE_VIEW = "joldama.ui.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "joldama.installation",
    "joldama.journal",
    "joldama.people",
    "joldama.schedule",
    "joldama.registries",
    "joldama.signatures",
    "joldama.notices",
    "joldama.openings",
    "joldama.cases",
    "joldama.referrals",
    "joldama.reception",
    "joldama.complaints",
    "joldama.ui",
    "joldama.portal",
    "joldama.api",
    "joldama.mobile",
    "joldama.hall",
    "joldama.organisation",
    "joldama.desk",
    "joldama.helpdesk",
    "joldama.chancery",
    "joldama.administration",
    "joldama.reports",
    "joldama.demo",
    "joldama.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "joldama.ui.security.ContentSecurityPolicy",
    "joldama.ui.calendar.OneCalendar",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "joldama.config.urls"
WSGI_APPLICATION = "joldama.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "joldama.ui.context.page",
                "joldama.portal.context.standard",
                "joldama.demo.listing.clock_in_banner",
                "joldama.demo.listing.on_start_page",
                "joldama.demo.signing.window",
            ],
            "builtins": [
                "django.templatetags.static",
                "joldama.ui.templatetags.words",
                "joldama.ui.templatetags.kit",
                "joldama.ui.templatetags.qr",
                "joldama.ui.templatetags.live",
            ],
        },
    }
]
FORM_RENDERER = "joldama.ui.forms.Renderer"


def _database(url: str) -> dict[str, object]:
    """Read a postgresql:// address; the socket folder may stand in `?host=`."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Planning a query costs the database more than answering it: what a connection asks for the third
        # time is kept prepared. It wants sessions of its own: no pooler that hands them round.
        "OPTIONS": {**options, "server_side_binding": True, "prepare_threshold": 3},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///joldama"))}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_VERBOSE = False

# Sign-in of officials: password and second factor (joldama.desk.views.sign_in, people.second_factor).
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "joldama.desk.views.sign_in.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "password"]
AXES_DISABLE_ACCESS_LOG = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "joldama.people.second_factor.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp"]
MFA_TOTP_ISSUER = "Joldama"
MFA_TOTP_TOLERANCE = 1  # one step for a slow clock (RFC 6238 §5.2)
SESSION_COOKIE_AGE = 12 * 60 * 60
LOGIN_URL = "desk:sign-in"

LANGUAGE_CODE = "kk"
LANGUAGES = [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = JOLDAMA_GENERATED / "static"
STATICFILES_DIRS = [("fonts", JOLDAMA_GENERATED / "fonts")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = ["joldama.ui.uploads.Bounded"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

SILENCED_SYSTEM_CHECKS = ["axes.W003"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
