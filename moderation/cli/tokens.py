"""`corrigenda token`: API tokens."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import click

from moderation.cli.answers import json_option, print_answer, print_table
from moderation.cli.connect import session
from moderation.cli.editors import find_editor
from moderation.models import Token
from moderation.models.token import SCOPES, Scope
from moderation.services.accounts.tokens import add_token, all_tokens, revoke_token, tokens_of


@click.group()
def token() -> None:
    """Manage API tokens."""


@token.command("add")
@click.option("--editor", "email", required=True, help="Email of the token's owner.")
@click.option("--name", required=True, help="Token name.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice(SCOPES),
    help="Permission; repeat for more (default: read and decide).",
)
@click.option("--days", type=click.IntRange(1), help="Expires after this many days (default: never).")
@json_option
def token_add(email: str, name: str, scopes: tuple[Scope, ...], days: int | None, as_json: bool) -> None:
    """Create an API token (shown once)."""
    with session(changing=True) as opened:
        owner = find_editor(opened, email)
        expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
        secret = add_token(opened, owner, name, scopes=scopes or ("read", "decide"), expires_at=expires_at)
    print_answer({"token": secret}, as_json)


@token.command("list")
@click.option("--editor", "email", help="Only the tokens of this account.")
@json_option
def token_list(email: str | None, as_json: bool) -> None:
    """List tokens. The tokens themselves are not stored and cannot be shown."""
    with session(changing=False) as opened:
        tokens = tokens_of(opened, find_editor(opened, email)) if email else all_tokens(opened)
        rows = [_about(stored) for stored in tokens]
    print_table(rows, as_json, empty="no tokens")


@token.command("revoke")
@click.argument("token_id", type=click.UUID)
def token_revoke(token_id: UUID) -> None:
    """Revoke a token by its id, as `token list` shows it."""
    with session(changing=True) as opened:
        if not revoke_token(opened, token_id):
            raise click.ClickException(f"No token with the ID {token_id}.")
    click.echo("revoked")


def _about(stored: Token) -> dict[str, Any]:
    return {
        "id": str(stored.id),
        "editor": stored.editor.email,
        "name": stored.name,
        "scopes": stored.scopes,
        "expires_at": stored.expires_at and stored.expires_at.isoformat(timespec="seconds"),
        "last_used_at": stored.last_used_at and stored.last_used_at.isoformat(timespec="seconds"),
    }
