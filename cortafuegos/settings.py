"""Django's settings, all from the environment. Each variable is explained in docs/settings.md."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

from cortafuegos.kit import database_url
from cortafuegos.kit.home import home, secret

PACKAGE = Path(__file__).resolve().parent


def _flag(name: str, default: str = "") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def _folders(name: str) -> list[Path]:
    """Each package and each network keeps its own templates, static files and catalogue."""
    return sorted(PACKAGE.glob(f"*/{name}")) + sorted(PACKAGE.glob(f"channels/*/{name}"))


def _job_modules() -> list[str]:
    found = [*PACKAGE.glob("*/jobs.py"), *PACKAGE.glob("channels/*/jobs.py")]
    return sorted(".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in found)


TESTING = _flag("CORTAFUEGOS_TESTING")
DEBUG = _flag("CORTAFUEGOS_DEBUG")

# --- where the desk is reached ---
PUBLIC_URL = os.environ.get("CORTAFUEGOS_URL", "http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
ALLOWED_HOSTS = [_public.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
if _public.scheme == "https":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
SESSION_ENGINE = "cortafuegos.team.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The first seals and signs; all of them open, so that a secret can be changed without a break.
_secrets = [hashlib.sha256(b"django " + part.strip().encode()).hexdigest() for part in secret().split(",")]
SECRET_KEY, SECRET_KEY_FALLBACKS = _secrets[0], _secrets[1:]

# --- what is in the desk ---
INSTALLED_APPS = [
    "cortafuegos",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "procrastinate.contrib.django",
    "lucide",
]
MIDDLEWARE = [
    "cortafuegos.kit.middleware.CorrelationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cortafuegos.kit.middleware.ContentSecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cortafuegos.web.middleware.BrandMiddleware",
]
ROOT_URLCONF = "cortafuegos.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": _folders("templates"),
        "OPTIONS": {
            "loaders": [
                (
                    "cortafuegos.web.folding.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cortafuegos.web.settings_nav.settings_nav",
                "cortafuegos.web.context.desk",
            ],
        },
    }
]
FORM_RENDERER = "cortafuegos.kit.forms.Renderer"

# --- the database ---
DATABASES = {
    "default": {
        **database_url.parse(database_url.current()),
        "ATOMIC_REQUESTS": True,  # one request is one transaction
        "CONN_MAX_AGE": 600,  # one connection a thread, and we have eight of them
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_IMPORT_PATHS = _job_modules()

# --- who may come in ---
AUTH_USER_MODEL = "cortafuegos.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # people come in by invitation, which proves the address
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a stranger's address gets no mail from us
ACCOUNT_ADAPTER = "cortafuegos.team.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "cortafuegos.team.accounts.LoginForm",
    "change_password": "cortafuegos.team.accounts.ChangePasswordForm",
    "set_password": "cortafuegos.team.accounts.SetPasswordForm",
    "reset_password": "cortafuegos.team.accounts.ResetPasswordForm",
    "reset_password_from_key": "cortafuegos.team.accounts.ResetPasswordKeyForm",
    "reauthenticate": "cortafuegos.team.accounts.ReauthenticateForm",
}
MFA_ADAPTER = "cortafuegos.team.accounts.MFAAdapter"
MFA_FORMS = {
    "authenticate": "cortafuegos.team.accounts.CodeForm",
    "reauthenticate": "cortafuegos.team.accounts.CodeAgainForm",
    "activate_totp": "cortafuegos.team.accounts.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cortafuegos"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s: telephones' clocks differ
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# --- languages and time ---
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]  # each in its own words
LOCALE_PATHS = _folders("locale")
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # each person and each brand has a zone of their own

# --- files the browser fetches ---
STATIC_URL = "/static/"
STATIC_ROOT = home() / "static"
STATICFILES_DIRS = _folders("static")
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = home() / "media"

# --- mail to our own people (customers' mail is a channel) ---
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if _mail := os.environ.get("CORTAFUEGOS_SMTP_URL"):
    _smtp = urlsplit(_mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "localhost", _smtp.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.username or "", _smtp.password or ""
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20  # seconds, of each step: a server that hangs holds up one job and not the worker
DEFAULT_FROM_EMAIL = os.environ.get("CORTAFUEGOS_MAIL_FROM", f"cortafuegos@{_public.hostname}")

# --- logging: see cortafuegos/kit/log.py ---
LOGGING_CONFIG = "cortafuegos.kit.log.configure"
HOLD_SECONDS = min(60, max(0, int(os.environ.get("CORTAFUEGOS_HOLD", "10"))))

LOGGING = {"level": os.environ.get("CORTAFUEGOS_LOG_LEVEL", "INFO")}
if os.environ.get("CORTAFUEGOS_LOG_JSON"):
    LOGGING["json"] = _flag("CORTAFUEGOS_LOG_JSON")  # type: ignore[assignment]

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
