"""`corrigenda backup` and `corrigenda restore`."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from moderation.cli.backup_schedule import keep_schedule
from moderation.cli.connect import instance
from moderation.cli.data_dir import chosen_data_dir
from moderation.database import make_sessions
from moderation.secret_keys import SecretKeys
from moderation.services.instance.backup.archive import read_archive
from moderation.services.instance.backup.dump import write_backup
from moderation.services.instance.backup.load import restore_backup
from moderation.services.instance.secret_key import fingerprint, key_state
from moderation.standalone.problem import CannotStart
from moderation.standalone.stack import keep_secret_key

_FILE = click.Path(dir_okay=False, path_type=Path)
_passphrase = click.option(
    "--passphrase-stdin", is_flag=True, help="Read the passphrase of an encrypted backup from standard input."
)


@click.command()
@click.argument("file", type=_FILE, required=False)
@click.option(
    "--scheduled",
    is_flag=True,
    help="Make the backups of CORRIGENDA_BACKUP_DIR when they are due, until stopped.",
)
@click.option(
    "--with-secret-key",
    is_flag=True,
    help="Put SECRET_KEY into the backup too. Encrypt such a backup.",
)
@_passphrase
def backup(file: Path | None, scheduled: bool, with_secret_key: bool, passphrase_stdin: bool) -> None:
    """Write all data into FILE, as it is at one moment. The instance may run meanwhile."""
    if scheduled == (file is not None):
        raise click.UsageError("name a FILE, or --scheduled for the backups of CORRIGENDA_BACKUP_DIR")
    if file is None:
        keep_schedule()
        return
    with instance(changing=False, migrating=False) as opened:
        secret_key = opened.env.get("SECRET_KEY") if with_secret_key else None
        if with_secret_key and not secret_key:
            raise click.ClickException("SECRET_KEY is not set: set the key that web and worker use")
        passphrase = _read_passphrase(passphrase_stdin)
        rows = write_backup(
            opened.engine, file, now=datetime.now(UTC), secret_key=secret_key, passphrase=passphrase
        )
    click.echo(f"{file}: {sum(rows.values())} rows, {file.stat().st_size} bytes")
    if not with_secret_key:
        click.echo("Keep SECRET_KEY too: receipts and two-factor codes need it (--with-secret-key)", err=True)


@click.command()
@click.argument("file", type=_FILE)
@_passphrase
@click.option("--secret-key-to", type=_FILE, help="Only write the backup's secret key into this file.")
def restore(file: Path, passphrase_stdin: bool, secret_key_to: Path | None) -> None:
    """Load the backup FILE into an empty instance: an empty database, or a new data directory."""
    try:
        source = file.open("rb")
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}") from None
    with source:
        archive = read_archive(source, _read_passphrase(passphrase_stdin))
        if secret_key_to is not None:
            _write_key(secret_key_to, archive.secret_key)
            return
        _prepare_key(archive.secret_key)
        with instance(changing=True, migrating=False) as opened:
            rows = restore_backup(opened.engine, archive)
            with make_sessions(opened.engine)() as session:
                fits = key_state(session, SecretKeys(opened.env.get("SECRET_KEY", ""))) == "expected"
    click.echo(f"restored {sum(rows.values())} rows of {archive.manifest.created_at}")
    if not fits:
        click.echo(
            "SECRET_KEY is not the key of this backup: set the key that was used with it before you start",
            err=True,
        )


def _read_passphrase(from_stdin: bool) -> str | None:
    return sys.stdin.readline().rstrip("\n") if from_stdin else None


def _prepare_key(secret_key: str | None) -> None:
    """Put the key where the restored instance reads it. Raises CannotStart if another key is there."""
    directory = chosen_data_dir()
    if secret_key is None:
        return
    if os.environ.get("SECRET_KEY"):
        if fingerprint(os.environ["SECRET_KEY"]) != fingerprint(secret_key):
            raise CannotStart(
                "SECRET_KEY is not the key of this backup: `corrigenda restore FILE --secret-key-to PATH` "
                "writes that one into a file"
            )
    elif directory.by_option or not os.environ.get("DATABASE_URL"):
        keep_secret_key(directory.path, secret_key)
    else:
        click.echo("the backup holds the secret key: take it out with --secret-key-to PATH", err=True)


def _write_key(path: Path, secret_key: str | None) -> None:
    if secret_key is None:
        raise click.ClickException("this backup holds no secret key")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}") from None
    with os.fdopen(handle, "w") as file:
        file.write(secret_key)
    click.echo(f"{path}: the secret key")
