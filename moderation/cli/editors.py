"""`corrigenda editor`: accounts."""

import secrets
import sys
from typing import Any, get_args

import click

from moderation.cli.answers import _answer, _as_json
from moderation.cli.connect import session
from moderation.domain.accounts.roles import Role
from moderation.services.accounts.editors import InvalidAccount, add_editor, editor_by_email, set_password
from moderation.services.accounts.two_factor import turn_off
from moderation.services.sites.directory import UnknownSite, find_site


@click.group()
def editor() -> None:
    """Editors' accounts."""


@editor.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([*get_args(Role), "owner"]))
@click.option("--site", "site_name", help="The site's name; owners have none.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of making one."
)
@_as_json
def editor_add(email: str, role: Any, site_name: str | None, password_stdin: bool, as_json: bool) -> None:
    """Add an account. Without --password-stdin a password is made and shown once."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
    with session() as opened:
        try:
            at = find_site(opened, site_name) if site_name else None
            added = add_editor(opened, email, password, role=None if role == "owner" else role, site=at)
        except UnknownSite:
            raise click.ClickException(f"there is no site named {site_name}") from None
        except InvalidAccount as error:
            raise click.ClickException(str(error)) from None
        answer = {"id": str(added.id), "email": added.email, "role": role}
    if not password_stdin:
        answer["password"] = password
    _answer(answer, as_json)


@editor.command("password")
@click.argument("email")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of making one."
)
def editor_password(email: str, password_stdin: bool) -> None:
    """Set an account's password, for whoever gets no mail. Its browsers are signed out, codes turned off."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(12)
    with session() as opened:
        found = editor_by_email(opened, email)
        if found is None:
            raise click.ClickException(f"there is no account for {email}")
        try:
            set_password(opened, found, password)
        except InvalidAccount as error:
            raise click.ClickException(str(error)) from None
        turn_off(opened, found)
    if not password_stdin:
        click.echo(f"password {password}")
