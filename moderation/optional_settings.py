"""Settings of parts that an instance can do without: single sign-on and scheduled backups."""

from dataclasses import dataclass
from pathlib import Path

from moderation.domain.accounts.group_grants import read_grants
from moderation.environment import Environment


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """An identity provider that editors may sign in with (OpenID Connect)."""

    issuer: str
    client_id: str
    client_secret: str
    groups: str
    """Grants to its groups, in the notation of domain/accounts/group_grants.py."""


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Scheduled backups."""

    directory: Path
    hours: int
    """A backup is due this many hours after the last one."""
    keep: int
    """Number of backups to keep."""
    passphrase: str | None
    """Encrypts the backups; with it they hold the secret key too."""


def read_oidc(read: Environment) -> OidcSettings | None:
    """Read the identity provider. Returns None if there is none."""
    issuer = read.env.get("CORRIGENDA_OIDC_ISSUER", "")
    if not issuer:
        return None
    _check_groups(read)
    return OidcSettings(
        issuer=issuer.rstrip("/"),
        client_id=read.required("CORRIGENDA_OIDC_CLIENT_ID", "as the identity provider gave it"),
        client_secret=read.required("CORRIGENDA_OIDC_CLIENT_SECRET", "as the identity provider gave it"),
        groups=read.required("CORRIGENDA_OIDC_GROUPS", "for example editors=My News:editor; ops=owner"),
    )


def read_backup(read: Environment) -> BackupSettings | None:
    """Read the schedule of backups. Returns None if there is none."""
    directory = read.env.get("CORRIGENDA_BACKUP_DIR", "")
    if not directory:
        return None
    hours, keep = read.number("CORRIGENDA_BACKUP_HOURS", 24), read.number("CORRIGENDA_BACKUP_KEEP", 7)
    if not hours or not keep:
        read.problems.append("CORRIGENDA_BACKUP_HOURS and CORRIGENDA_BACKUP_KEEP must be at least 1")
    if not Path(directory).is_absolute():
        read.problems.append("CORRIGENDA_BACKUP_DIR must be an absolute path")
    return BackupSettings(Path(directory), hours, keep, read.env.get("CORRIGENDA_BACKUP_PASSPHRASE") or None)


def _check_groups(read: Environment) -> None:
    try:
        read_grants(read.env.get("CORRIGENDA_OIDC_GROUPS", ""))
    except ValueError as error:
        read.problems.append(f"CORRIGENDA_OIDC_GROUPS: {error}")
