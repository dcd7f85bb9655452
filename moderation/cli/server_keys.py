"""`corrigenda server-key`: keys with which a site's own server reports for its readers."""

from uuid import UUID

import click

from moderation.cli.answers import json_option, print_answer, print_table
from moderation.cli.connect import session
from moderation.cli.site_named import site_named
from moderation.services.sites.server_keys import (
    MissingServerKey,
    TooManyServerKeys,
    add_server_key,
    revoke_server_key,
    server_keys_of,
)

_site_option = click.option("--site", "site_name", required=True, help="Name of the site.")


@click.group("server-key")
def server_key() -> None:
    """Secret keys of a site's own server."""


@server_key.command("add")
@_site_option
@click.option("--name", required=True, help="What it is for.")
@json_option
def server_key_add(site_name: str, name: str, as_json: bool) -> None:
    """Create a key and show it once."""
    with session(changing=True) as opened:
        try:
            _stored, key = add_server_key(opened, None, site_named(opened, site_name), name)
        except TooManyServerKeys:
            raise click.ClickException("this site has 20 server keys: revoke one first") from None
    print_answer({"server_key": key}, as_json)


@server_key.command("list")
@_site_option
@json_option
def server_key_list(site_name: str, as_json: bool) -> None:
    """List a site's keys. The keys themselves are not stored and cannot be shown."""
    with session(changing=False) as opened:
        rows = [
            {
                "id": str(stored.id),
                "name": stored.name,
                "scopes": stored.scopes,
                "created_at": stored.created_at.isoformat(timespec="seconds"),
                "last_used_at": stored.last_used_at and stored.last_used_at.isoformat(timespec="seconds"),
            }
            for stored in server_keys_of(opened, site_named(opened, site_name))
        ]
    print_table(rows, as_json, empty="no server keys")


@server_key.command("revoke")
@_site_option
@click.argument("key_id", type=click.UUID)
def server_key_revoke(site_name: str, key_id: UUID) -> None:
    """Revoke a key by its id, as `server-key list` shows it."""
    with session(changing=True) as opened:
        site = site_named(opened, site_name)
        try:
            revoke_server_key(opened, None, site, key_id)
        except MissingServerKey:
            raise click.ClickException(f"the site has no server key with the id {key_id}") from None
    click.echo("revoked")
