"""`corrigenda editor`: accounts."""

import secrets
import sys
from datetime import UTC, datetime
from typing import Any, get_args

import click
from sqlalchemy.orm import Session

from moderation.cli.answers import json_option, print_answer, print_table
from moderation.cli.connect import session
from moderation.cli.site_named import site_named
from moderation.domain.accounts.roles import Role
from moderation.models import Editor, Site
from moderation.services.accounts.disable import disable_editor, enable_editor
from moderation.services.accounts.editors import (
    InvalidAccount,
    add_editor,
    editor_by_email,
    editors_of,
    set_password,
)
from moderation.services.accounts.passkeys import remove_all
from moderation.services.accounts.security_log import record
from moderation.services.accounts.two_factor import turn_off

_password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of generating one."
)


_SITE_OR_OWNER = "Give --site for this role. Owners take no site, because they can access all of them."


@click.group()
def editor() -> None:
    """Manage accounts."""


@editor.command("add")
@click.argument("email")
@click.option("--role", required=True, type=click.Choice([*get_args(Role), "owner"]))
@click.option("--site", "site_name", help="Site name (not for owners).")
@_password_option
@json_option
def editor_add(email: str, role: Any, site_name: str | None, password_stdin: bool, as_json: bool) -> None:
    """Create an account. Unless --password-stdin is given, a password is generated and shown once."""
    if (role == "owner") == bool(site_name):
        raise click.ClickException(_SITE_OR_OWNER)
    password = _password(password_stdin)
    with session(changing=True) as opened:
        try:
            at = site_named(opened, site_name) if site_name else None
            added = add_editor(opened, email, password, role=None if role == "owner" else role, site=at)
        except InvalidAccount as error:
            raise click.ClickException(str(error)) from None
        answer = {"id": str(added.id), "email": added.email, "role": role}
    if not password_stdin:
        answer["password"] = password
    print_answer(answer, as_json)


@editor.command("list")
@click.option("--site", "site_name", help="Only those with a role on this site.")
@json_option
def editor_list(site_name: str | None, as_json: bool) -> None:
    """List the accounts with their roles."""
    with session(changing=False) as opened:
        site = site_named(opened, site_name) if site_name else None
        rows = [_about(opened, account) for account in editors_of(opened, site)]
    print_table(rows, as_json, empty="no accounts: add one with `corrigenda editor add EMAIL --role ROLE`")


@editor.command("show")
@click.argument("email")
@json_option
def editor_show(email: str, as_json: bool) -> None:
    """Show an account."""
    with session(changing=False) as opened:
        account = find_editor(opened, email)
        answer = _about(opened, account) | {
            "name": account.name,
            "two_factor": account.totp_secret is not None,
            "single_sign_on": account.oidc_subject is not None,
            "created_at": account.created_at.isoformat(),
        }
    print_answer(answer, as_json)


@editor.command("disable")
@click.argument("email")
def editor_disable(email: str) -> None:
    """Stop an account from signing in; end its sessions, revoke its tokens and the server keys it made."""
    with session(changing=True) as opened:
        keys = disable_editor(opened, find_editor(opened, email), datetime.now(UTC))
    click.echo(f"{email} is disabled: its sessions have ended, its tokens are revoked")
    if keys:
        click.echo(f"{keys} server keys that it made are revoked: the sites' audit logs name them")


@editor.command("enable")
@click.argument("email")
def editor_enable(email: str) -> None:
    """Let a disabled account sign in again."""
    with session(changing=True) as opened:
        enable_editor(opened, find_editor(opened, email))
    click.echo(f"{email} can sign in again")


@editor.command("password")
@click.argument("email")
@_password_option
def editor_password(email: str, password_stdin: bool) -> None:
    """Reset a password. Ends sessions, API tokens, passkeys and two-factor authentication."""
    password = _password(password_stdin)
    with session(changing=True) as opened:
        account = find_editor(opened, email)
        try:
            set_password(opened, account, password)
            record(opened, account, "password.reset")
        except InvalidAccount as error:
            raise click.ClickException(str(error)) from None
        remove_all(opened, account)
        turn_off(opened, account)
    if not password_stdin:
        click.echo(f"password {password}")


def find_editor(opened: Session, email: str) -> Editor:
    """Return the account with this address. Raises ClickException."""
    account = editor_by_email(opened, email)
    if account is None:
        raise click.ClickException(f"No account with the email {email}.")
    return account


def _password(from_stdin: bool) -> str:
    return sys.stdin.readline().rstrip("\n") if from_stdin else secrets.token_urlsafe(12)


def _about(opened: Session, account: Editor) -> dict[str, Any]:
    roles = [f"{opened.get_one(Site, held.site_id).name}: {held.role}" for held in account.memberships]
    return {
        "email": account.email,
        "roles": ["owner"] if account.is_owner else sorted(roles),
        "disabled_at": account.disabled_at and account.disabled_at.isoformat(timespec="seconds"),
    }
