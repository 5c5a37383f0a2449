# SPDX-License-Identifier: Apache-2.0
"""Django's settings, read from environment variables: docs/settings.md is their table."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from firstflight.config import logs

PACKAGE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("FIRSTFLIGHT_VAR", "var")).resolve()


def _switch(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def database_from_url(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or unquote(parts.hostname or "")
    pool = int(os.environ.get("DATABASE_POOL", "16"))
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 20}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if pool else 60,
    }


DEBUG = _switch("FIRSTFLIGHT_DEBUG", False)
DEMO = _switch("FIRSTFLIGHT_DEMO", False)
SECRET_KEY = os.environ.get("FIRSTFLIGHT_SECRET_KEY", "only-for-development-and-tests")
SITE_URL = os.environ.get("FIRSTFLIGHT_SITE_URL", "http://localhost:8000").rstrip("/")
_host = urlsplit(SITE_URL).hostname or "localhost"
ALLOWED_HOSTS = [_host, "localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS += [h for h in os.environ.get("FIRSTFLIGHT_HOSTS", "").split(",") if h]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if SITE_URL.startswith("https://"):
    if SECRET_KEY == "only-for-development-and-tests":  # noqa: S105 - refused on the next line
        raise ImproperlyConfigured("Set FIRSTFLIGHT_SECRET_KEY to a long random text.")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

DATABASES = {
    "default": database_from_url(
        os.environ.get("DATABASE_URL", "postgresql://firstflight@127.0.0.1/firstflight")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "firstflight.kernel",
    "firstflight.people",
    "firstflight.ledger",
    "firstflight.notices",
    "firstflight.campaigns",
    "firstflight.payments",
    "firstflight.pledges",
    "firstflight.fulfilment",
    "firstflight.storefront",
    "firstflight.desk",
    "firstflight.api",
    "firstflight.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "anymail",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "firstflight.storefront.early_answers.EarlyAnswersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "firstflight.storefront.headers.HeadersMiddleware",
    "firstflight.api.middleware.ProblemMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "firstflight.storefront.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "firstflight.config.urls"
WSGI_APPLICATION = "firstflight.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["firstflight.kernel.templatetags.content"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "firstflight.storefront.context.page",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語"), ("fr", "Français")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = DEBUG or DEMO
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "firstflight.storefront.sign_in.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "firstflight.storefront.sign_in.RequestCodeForm"}
ACCOUNT_RATE_LIMITS = {} if DEMO else {"login_failed": "10/m/ip,5/5m/key"}
SOCIALACCOUNT_ADAPTER = "firstflight.storefront.company_sign_in.CompanyAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_LOGIN_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
OIDC_SERVER_URL = os.environ.get("FIRSTFLIGHT_OIDC_SERVER_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "company",
                "name": os.environ.get("FIRSTFLIGHT_OIDC_NAME", "Company account"),
                "client_id": os.environ.get("FIRSTFLIGHT_OIDC_CLIENT_ID", "firstflight"),
                "secret": os.environ.get("FIRSTFLIGHT_OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
        if OIDC_SERVER_URL
        else [],
    }
}

EMAIL_BACKEND = os.environ.get(
    "FIRSTFLIGHT_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = os.environ.get("FIRSTFLIGHT_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("FIRSTFLIGHT_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("FIRSTFLIGHT_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("FIRSTFLIGHT_SMTP_PASSWORD", "")
EMAIL_USE_TLS = _switch("FIRSTFLIGHT_SMTP_TLS", False)
DEFAULT_FROM_EMAIL = os.environ.get(
    "FIRSTFLIGHT_MAIL_FROM", "First Flight <first-flight@localhost>"
)

STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "sk_test_fake")
STRIPE_PUBLISHABLE_KEY = os.environ.get("STRIPE_PUBLISHABLE_KEY", "pk_test_fake")
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "whsec_fake")
# Empty means Stripe itself; the demo and the tests name the fake server here.
STRIPE_API_BASE = os.environ.get("FIRSTFLIGHT_STRIPE_API_BASE", "")
STRIPE_JS_URL = (
    f"{STRIPE_API_BASE}/v3/" if STRIPE_API_BASE else "https://js.stripe.com/endive/stripe.js"
)

HOLD_MINUTES = 15
DUNNING_DAYS = 7
SITE_NAME = _("First Flight")

LOGGING_CONFIG = None
logs.configure(json=not (DEBUG or DEMO), level=os.environ.get("FIRSTFLIGHT_LOG_LEVEL", "INFO"))
