"""`corrigenda secret`: the instance's secret key."""

import os

import click
from sqlalchemy.orm import Session

from moderation.cli.connect import session
from moderation.cli.data_dir import chosen_data_dir
from moderation.secret_keys import SecretKeys
from moderation.services.instance.rotate_key import rotate_key
from moderation.services.instance.secret_key import key_state
from moderation.settings import secret_keys_from_env
from moderation.standalone.key_files import replace_key, stored_keys
from moderation.standalone.stack import running_stack


@click.group()
def secret() -> None:
    """The secret key."""


@secret.command("rotate")
def secret_rotate() -> None:
    """Replace the secret key, and encrypt stored secrets with the new one.

    With SECRET_KEY in the environment: that key, after the old one became a fallback (SECRET_KEY_FALLBACKS).
    Without it: a new key, which is written to the data directory of an instance that does not run.
    """
    in_environment = bool(os.environ.get("SECRET_KEY"))
    if not in_environment:
        _require_stopped()
    with session(changing=True) as opened:
        keys = secret_keys_from_env() if in_environment else _stored(opened)
        if key_state(opened, keys) == "unknown":
            raise click.ClickException(
                "this database was used with a key that is neither SECRET_KEY nor in SECRET_KEY_FALLBACKS: "
                "add that key to SECRET_KEY_FALLBACKS"
            )
        done = rotate_key(opened, keys)
    click.echo(f"encrypted with the new key: {done.rotated} value(s)")
    if done.lost:
        click.echo(f"could not be opened with any of the keys: {done.lost} value(s)")


def _require_stopped() -> None:
    directory = chosen_data_dir()
    if os.environ.get("DATABASE_URL") and not directory.by_option:
        raise click.ClickException("SECRET_KEY is not set: set the new key, and the old one as a fallback")
    if running_stack(directory.path) is not None:
        raise click.ClickException(f"the instance in {directory.path} runs: stop it first")


def _stored(opened: Session) -> SecretKeys:
    """Replace the key in the data directory, or go on with a replacement that was interrupted."""
    path = chosen_data_dir().path
    keys = stored_keys(path)
    return replace_key(path) if key_state(opened, keys) == "expected" else keys
