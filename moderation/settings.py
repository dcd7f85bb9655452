"""Settings, from the environment only. Read once and checked at start. docs/operate.md lists them."""

import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from moderation.environment import Environment, SettingsError
from moderation.optional_settings import BackupSettings, OidcSettings, read_backup, read_oidc
from moderation.secret_keys import SecretKeys

SHORTEST_SECRET = 32
MAIL_SCHEMES = ("smtp://", "smtp+starttls://", "smtps://")
READER_LIMIT = "20 per minute; 200 per day"
SITE_LIMIT = "1200 per minute"
SITE_CACHE_SECONDS = 5.0
WEB_WORKERS = 2
MOST_WEB_WORKERS = 64
TELEGRAM_API = "https://api.telegram.org"


def secret_keys_from_env(env: Mapping[str, str] = os.environ) -> SecretKeys:
    """Read and check the secret keys alone. Raises SettingsError."""
    read = Environment(env)
    keys = _secret_keys(read)
    problems = read.problems + _key_problems(keys)
    if problems:
        raise SettingsError(problems)
    return keys


def _secret_keys(read: Environment) -> SecretKeys:
    current = read.required("SECRET_KEY", "make one with `openssl rand -hex 32` and keep it")
    return SecretKeys(current, tuple(read.env.get("SECRET_KEY_FALLBACKS", "").replace(",", " ").split()))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of an instance."""

    database_url: str
    redis_url: str
    secret_keys: SecretKeys
    base_url: str
    """The URL at which readers and editors reach this instance, without a slash at the end."""
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = WEB_WORKERS
    """Web processes."""
    reader_limit: str = READER_LIMIT
    """Reports from one reader, in Flask-Limiter's notation; empty: no limit."""
    site_limit: str = SITE_LIMIT
    """Reports to one site."""
    site_cache_seconds: float = SITE_CACHE_SECONDS
    """Seconds for which a web process caches a site's settings; 0: it reads them for every report."""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 0
    """Port for Prometheus; 0: none."""
    access_log: bool = False
    """Write a log line per request."""
    confirm_minutes: int = 10
    """How long the desk remembers that an editor confirmed who they are."""
    sso_token_days: int = 30
    """Days for which API tokens and chats of accounts with SSO work after the last sign-in there."""
    trusted_proxies: int = 0
    """Number of our reverse proxies that set X-Forwarded-For."""

    private_hosts: frozenset[str] = frozenset()
    """Private host:port addresses that page fetching may reach."""
    smtp_url: str = ""
    """smtp://, smtp+starttls:// or smtps://user:password@host:port; empty: no mail."""
    mail_from: str = ""
    telegram_api: str = TELEGRAM_API
    """Base URL of Telegram's Bot API, or of a Bot API server of one's own."""
    oidc: OidcSettings | None = None
    backup: BackupSettings | None = None
    repositories: Path = Path(tempfile.gettempdir()) / "corrigenda-repositories"
    """Folder for copies of the sites' Git repositories. It can be deleted at any time."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read and check the environment. Raises SettingsError with every problem found."""
        read = Environment(env)
        host, port = env.get("CORRIGENDA_HOST", "127.0.0.1"), read.number("CORRIGENDA_PORT", 8000)
        settings = cls(
            database_url=read.required(
                "DATABASE_URL", "for example postgresql://user:password@host/corrigenda"
            ),
            redis_url=read.required("REDIS_URL", "for example redis://host:6379/0"),
            secret_keys=_secret_keys(read),
            host=host,
            port=port,
            web_workers=read.number("CORRIGENDA_WEB_WORKERS", WEB_WORKERS),
            base_url=(env.get("CORRIGENDA_BASE_URL") or f"http://{host}:{port}").rstrip("/"),
            reader_limit=env.get("CORRIGENDA_READER_LIMIT", READER_LIMIT),
            site_limit=env.get("CORRIGENDA_SITE_LIMIT", SITE_LIMIT),
            site_cache_seconds=read.seconds("CORRIGENDA_SITE_CACHE_SECONDS", SITE_CACHE_SECONDS),
            metrics_host=env.get("CORRIGENDA_METRICS_HOST") or "127.0.0.1",
            metrics_port=read.number("CORRIGENDA_METRICS_PORT", 0),
            access_log=bool(read.number("CORRIGENDA_ACCESS_LOG", 0)),
            trusted_proxies=read.number("CORRIGENDA_TRUSTED_PROXIES", 0),
            confirm_minutes=read.number("CORRIGENDA_CONFIRM_MINUTES", 10),
            sso_token_days=read.number("CORRIGENDA_SSO_TOKEN_DAYS", 30),
            private_hosts=frozenset(env.get("CORRIGENDA_PRIVATE_HOSTS", "").replace(",", " ").split()),
            smtp_url=env.get("CORRIGENDA_SMTP_URL", ""),
            mail_from=env.get("CORRIGENDA_MAIL_FROM", ""),
            telegram_api=env.get("CORRIGENDA_TELEGRAM_API") or TELEGRAM_API,
            oidc=read_oidc(read),
            backup=read_backup(read),
            **_folder(env),
        )
        problems = read.problems + _problems(settings)
        if problems:
            raise SettingsError(problems)
        return settings

    @classmethod
    def of_scheduler(cls, env: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings of the scheduler, which needs Redis only: no database and no secret."""
        return cls.from_env(
            {**env, "DATABASE_URL": "postgresql://unused", "SECRET_KEY": "-" * SHORTEST_SECRET}
        )

    @property
    def is_https(self) -> bool:
        """Return whether browsers reach this instance by HTTPS. Cookies and headers depend on it."""
        return self.base_url.startswith("https:")

    @property
    def sqlalchemy_url(self) -> str:
        """The database URL with the driver we ship."""
        return "postgresql+psycopg://" + self.database_url.partition("://")[2]

    @property
    def celery_url(self) -> str:
        """The Redis URL in kombu's notation."""
        return self.redis_url.replace("unix://", "redis+socket://", 1)

    @property
    def limits_url(self) -> str:
        """The Redis URL in the notation of the limits library."""
        return self.redis_url.replace("unix://", "redis+unix://", 1)


def _folder(env: Mapping[str, str]) -> dict[str, Any]:
    given = env.get("CORRIGENDA_REPOSITORIES", "")
    return {"repositories": Path(given)} if given else {}


def _problems(settings: Settings) -> list[str]:
    problems = []
    if settings.database_url and urlsplit(settings.database_url).scheme not in ("postgresql", "postgres"):
        problems.append("DATABASE_URL must start with postgresql:// (docs/adr/0001)")
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in ("redis", "rediss", "unix"):
        problems.append("REDIS_URL must start with redis://, rediss:// or unix://")
    problems += _key_problems(settings.secret_keys)
    problems += [
        f"CORRIGENDA_{name} must start with http:// or https://"
        for name, url in (("BASE_URL", settings.base_url), ("TELEGRAM_API", settings.telegram_api))
        if urlsplit(url).scheme not in ("http", "https")
    ]
    for host in settings.private_hosts:
        if not re.fullmatch(r"\S+:\d{1,5}", host):
            problems.append(
                f"CORRIGENDA_PRIVATE_HOSTS: {host!r} is not host:port (separate them with commas)"
            )
    problems += _mail_problems(settings)
    problems += [
        f"CORRIGENDA_{name} must be between 1 and {most}"
        for name, value, most in (
            ("WEB_WORKERS", settings.web_workers, MOST_WEB_WORKERS),
            ("CONFIRM_MINUTES", settings.confirm_minutes, 60),
            ("SSO_TOKEN_DAYS", settings.sso_token_days, 365),
        )
        if not 1 <= value <= most
    ]
    return problems + _limit_problems(settings)


def _limit_problems(settings: Settings) -> list[str]:
    from limits import parse_many  # noqa: PLC0415 - it brings Redis, and the supervisor checks no settings

    problems = []
    for name, limit in (("READER", settings.reader_limit), ("SITE", settings.site_limit)):
        try:
            parse_many(limit) if limit else None
        except ValueError:
            problems.append(
                f"CORRIGENDA_{name}_LIMIT is {limit!r}: write it like '20 per minute; 200 per day'"
            )
    return problems


def _key_problems(keys: SecretKeys) -> list[str]:
    short = f"is shorter than {SHORTEST_SECRET} characters"
    problems = []
    if keys.current and len(keys.current) < SHORTEST_SECRET:
        problems.append(f"SECRET_KEY {short}: make one with `openssl rand -hex 32`")
    if any(len(key) < SHORTEST_SECRET for key in keys.fallbacks):
        problems.append(f"a key in SECRET_KEY_FALLBACKS {short}")
    return problems


def _mail_problems(settings: Settings) -> list[str]:
    if not settings.smtp_url:
        return []
    problems = []
    mail = urlsplit(settings.smtp_url)
    if f"{mail.scheme}://" not in MAIL_SCHEMES or not mail.hostname:
        problems.append(f"CORRIGENDA_SMTP_URL must start with {', '.join(MAIL_SCHEMES)} and name a host")
    if "@" not in settings.mail_from:
        problems.append("CORRIGENDA_MAIL_FROM must be an email address: mail needs a sender")
    return problems


def names_data_dir(env: Mapping[str, str] = os.environ) -> bool:
    """Return whether the environment names the data directory."""
    return bool(env.get("CORRIGENDA_DATA_DIR"))


def default_data_dir(env: Mapping[str, str] = os.environ) -> Path:
    """Return the data directory of `corrigenda run`."""
    if env.get("CORRIGENDA_DATA_DIR"):
        return Path(env["CORRIGENDA_DATA_DIR"])
    return Path("/var/lib/corrigenda") if os.geteuid() == 0 else Path("var").resolve()
