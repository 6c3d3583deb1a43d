"""Environment in, Django out. Every knob is listed in docs/settings.md."""

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Where the running system keeps what it makes: database, files, keys, logs.
STATE_DIR = Path(env("STATE_DIR", default=str(BASE_DIR / "var")))
STATE_DIR.mkdir(parents=True, exist_ok=True)

DEMO = env.bool("DEMO", default=False)
DEBUG = False


def secret(name: str, *, size: int = 48) -> str:
    """Read a secret from the environment, else from a file of the state folder that is made on the first start.

    Args:
        name: Name of the environment variable; the file bears it in lower case.
        size: Random bytes drawn for a new file.

    Returns:
        The secret as text.
    """
    import secrets

    given = env(name, default="")
    if given:
        return given
    path = STATE_DIR / "keys" / name.lower()
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            with path.open("x") as file:
                path.chmod(0o600)
                file.write(secrets.token_urlsafe(size))
        except FileExistsError:  # another process was faster
            pass
    return path.read_text().strip()


SECRET_KEY = secret("SECRET_KEY")
FIELD_KEYS = secret("FIELD_KEYS", size=32)
BLIND_INDEX_KEY = secret("BLIND_INDEX_KEY", size=32)
# Objections are closed for this key (docs/adr/0008-objections.md). It is drawn for the demo only: elsewhere it is given
# by hand, to as few processes as possible; the others get the public half.
OBJECTION_KEY = secret("OBJECTION_KEY", size=32) if DEMO else env("OBJECTION_KEY", default="")
OBJECTION_PUBLIC_KEY = env("OBJECTION_PUBLIC_KEY", default="")
# Nothing is noted of visits to pages whose address begins like this, and nothing logged of the others.
UNTRACED = ("/announcements/",)
UNLOGGED = ("/announcements/", "/objections/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_ADDRESS = env("SITE_ADDRESS", default="http://localhost:8000")
HTTPS = env.bool("HTTPS", default=SITE_ADDRESS.startswith("https://"))
SOURCE_ADDRESS = env("SOURCE_ADDRESS", default="/source/")
# Telephone number of the office that helps, shown on the door and on every refusal.
HELP_NUMBER = env("HELP_NUMBER", default="")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "django_htmx",
    "widget_tweaks",
    "treebeard",
    "guardian",
    "viewflow",
    "viewflow.workflow",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "audit",
    "notifications",
    "organizations",
    "approvals",
    "workflows",
    "config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.methods.SpokenMethods",
    "config.nul.NoNul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "organizations.middleware.SessionLimits",
    "organizations.middleware.SecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.everywhere",
            ],
            "builtins": ["config.templatetags.screen"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{STATE_DIR / 'kaoping.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE is the lock of the embedded database (docs/adr/0003-locks.md).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organizations.Account"
AUTHENTICATION_BACKENDS = [
    "organizations.sign_in.AuthenticationBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
ANONYMOUS_USER_NAME = None

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "organizations.passwords.RoleLengthValidator"},
    {"NAME": "organizations.passwords.CommonWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "organizations.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# Wrong passwords are counted durably in organizations/actions/sign_in.py; this one also slows codes of second factors.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,10/15m/key"}
MFA_ADAPTER = "organizations.sign_in.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "考评"
# Reviewers and administrators need a second factor; the demo switches it off and says so in a banner.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=not DEMO)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # absolute; the idle limit is in organizations/middleware.py
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=1800)
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.views.csrf_failed"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
TRUST_PROXY = env.bool("TRUST_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
if TRUST_PROXY:
    MIDDLEWARE.insert(0, "config.proxy.VisitorAddress")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "frame-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {"camera": [], "geolocation": [], "microphone": [], "payment": [], "usb": []}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
# One catalog a room, so that each room's words stay with it.
LOCALE_PATHS = [
    BASE_DIR / "locale" / room
    for room in (
        "config",
        "workflows",
        "approvals",
        "organizations",
        "notifications",
        "audit",
        "libraries",
    )
]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = STATE_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE_DIR / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The font of the documents is 3 MB and hardly shrinks; squeezing it would cost twelve seconds of the first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "otf")
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024
# host:port or socket of a ClamAV daemon; once set, a file the daemon did not clear is not taken.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

REDIS_URL = env("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "config.cache.SurvivingCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}
}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="dummymail://")
vars().update(EMAIL_CONFIG)
# A provider by HTTP instead of SMTP: EMAIL_BACKEND names anymail's backend, ANYMAIL its settings as JSON.
EMAIL_BACKEND = env("EMAIL_BACKEND", default=EMAIL_CONFIG["EMAIL_BACKEND"])
ANYMAIL = env.json("ANYMAIL", default={})
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default="kaoping@localhost")
# Letters that only remind, to one person in one week; what is urgent or due today is not counted.
REMINDERS_A_WEEK = env.int("REMINDERS_A_WEEK", default=2)
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=30)
LEASE_SECONDS = env.int("LEASE_SECONDS", default=60)
SMS_ADAPTER = env("SMS_ADAPTER", default="notifications.channels.sms.NoAdapter")
SMS_URL = env("SMS_URL", default="")
SMS_SECRET = env("SMS_SECRET", default="")
SMS_PASSING_CODES = env.list("SMS_PASSING_CODES", default=[])
ROBOTS = env.json("ROBOTS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"unlogged": {"()": "config.unlogged.Unlogged"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["unlogged"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    # These tell every step of drawing a page, which is of no use to whoever runs the house.
    "loggers": {"weasyprint.progress": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
