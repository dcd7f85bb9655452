"""`corrigenda token`: API tokens."""

from datetime import UTC, datetime, timedelta

import click

from moderation.cli.answers import _answer, _as_json
from moderation.cli.connect import session
from moderation.models.token import SCOPES, Scope
from moderation.services.accounts.editors import editor_by_email
from moderation.services.accounts.tokens import add_token


@click.group()
def token() -> None:
    """Tokens for the editors' API."""


@token.command("add")
@click.option("--editor", "email", required=True, help="Whose token it is.")
@click.option("--name", required=True, help="What it is for.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice(SCOPES), help="What it may do.")
@click.option("--days", type=click.IntRange(1), help="How long it is good for; ever without.")
@_as_json
def token_add(email: str, name: str, scopes: tuple[Scope, ...], days: int | None, as_json: bool) -> None:
    """Add a token and show it, once."""
    with session() as opened:
        owner = editor_by_email(opened, email)
        if owner is None:
            raise click.ClickException(f"there is no account for {email}")
        expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
        made = add_token(opened, owner, name, scopes=scopes or SCOPES, expires_at=expires_at)
    _answer({"token": made}, as_json)
