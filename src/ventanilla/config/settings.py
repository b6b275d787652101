"""Settings. What differs between installations comes from `config.environment`; the rest is one for all."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url

from ventanilla.config import environment, logs

DATA = environment.data_folder()
SECRET_KEY = environment.key("secret")
AUDIT_KEY = environment.key("audit")
DEBUG = environment.flag("debug", False)
DEMO = environment.flag("demo", False)

ALLOWED_HOSTS = environment.words("hosts", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "*" not in host]

ROOMS = [
    "demo",
    "operations",
    "portal",
    "desk",
    "api",
    "cases",
    "catalog",
    "forms",
    "notifications",
    "workflow",
    "people",
    "files",
    "places",
    "calendars",
    "search",
    "organization",
    "accounts",
    "audit",
    "jobs",
    "design",
]
INSTALLED_APPS = [
    *[f"ventanilla.{room}" for room in ROOMS],
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "ventanilla.config.middleware.RequestLog",
    "ventanilla.config.middleware.Limits",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ventanilla.design.middleware.Language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "ventanilla.config.middleware.ContentPolicy",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "ventanilla.accounts.middleware.OwnLanguage",
    "ventanilla.accounts.middleware.SecondFactor",
]
READ_ONLY_GETS = "ventanilla.config.readonly.ReadOnlyGets"
if DEBUG:
    MIDDLEWARE.append(READ_ONLY_GETS)
ROOT_URLCONF = "ventanilla.config.urls"
WSGI_APPLICATION = "ventanilla.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ventanilla.design.context.house",
            ],
            "builtins": ["ventanilla.design.templatetags.ventanilla"],
        },
    }
]
FORM_RENDERER = "ventanilla.design.forms.Renderer"
MUNICIPALITY_PROVIDER = "ventanilla.organization.municipality.current"


LOCK_SECONDS = float(environment.option("lock_seconds", 20))
"""How long anything waits for what another holds in the database, before it says that the service is busy."""


def _database() -> dict[str, Any]:
    url = os.environ.get("DATABASE_URL") or environment.option("database_url")
    if url:
        found = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
        patience = {"options": f"-c lock_timeout={LOCK_SECONDS * 1000:.0f}"}
        return {**found, "ENGINE": "ventanilla.config.postgresql", "OPTIONS": {**patience, **found.get("OPTIONS", {})}}
    return {
        "ENGINE": "ventanilla.config.sqlite",
        "NAME": DATA / "ventanilla.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            # Kept ready by each thread; a hundred and twenty-eight of our wide ones cost 5 MB more.
            "cached_statements": 32,
            # FULL: the receipt of a filing must survive a power cut.
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY;"
                # What is erased is overwritten, not only unlinked.
                "PRAGMA secure_delete=ON"
            ),
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name", "email", "phone"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Signing in (ventanilla.accounts). Everything below counts in the shared cache, so that no process is a way around.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mesa/"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_shared_value",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
PROXIES = int(environment.option("proxies", 0))
ACCOUNT_ADAPTER = "ventanilla.accounts.adapters.SignIn"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SESSION_COOKIE_AGE = 12 * 3600
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,20/15m/key"}
ACCOUNT_FORMS = {
    "login": "ventanilla.accounts.forms.SignInForm",
    "reauthenticate": "ventanilla.accounts.forms.ConfirmForm",
}
MFA_ADAPTER = "ventanilla.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "activate_totp": "ventanilla.accounts.forms.AppForm",
    "authenticate": "ventanilla.accounts.forms.SecondStepForm",
    "reauthenticate": "ventanilla.accounts.forms.ConfirmCodeForm",
    "add_webauthn": "ventanilla.accounts.forms.KeyForm",
    "authenticate_webauthn": "ventanilla.accounts.forms.ShownKeyForm",
    "reauthenticate_webauthn": "ventanilla.accounts.forms.ConfirmKeyForm",
}
AXES_HANDLER = "axes.handlers.cache.AxesCacheHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "ventanilla.accounts.limits.typed_username"
AXES_CLIENT_IP_CALLABLE = "ventanilla.accounts.limits.origin"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "ventanilla.design.storage.Storage"},
}

LOGGING = logs.LOGGING
MAX_REQUEST_BYTES = int(environment.option("max_request_mb", 60)) * 1_000_000
CSRF_FAILURE_VIEW = "ventanilla.config.errors.expired"
AXES_LOCKOUT_CALLABLE = "ventanilla.config.errors.locked_out"

# Who fills the demo; `operations` and `demo` stand on one floor and don't know each other.
DEMO_FILL = "ventanilla.demo.actions.fill"

FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "ventanilla.files.uploads.NamelessUploadHandler",
]

TASKS = {"default": {"BACKEND": "ventanilla.jobs.backend.LeasedBackend"}}

NOTIFICATIONS = environment.option("notifications", {})
EMAIL_BACKEND = "ventanilla.notifications.letters.Letters"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS = environment.flag("https", False)
SITE_ADDRESS = environment.site_address(ALLOWED_HOSTS, https=HTTPS)
"""What links in messages and on receipts begin with."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
"""What a page of ours may load and do. No script stands in a page, so none is excepted."""
