"""Sites, editors and tokens."""

import secrets
import sys
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import click
import msgspec

from moderation.cli.connect import session
from moderation.domain.grants import Role
from moderation.domain.urls import InvalidUrl
from moderation.models.token import SCOPES, Scope
from moderation.services.editors import InvalidAccount, add_editor, editor_by_email, set_password
from moderation.services.sites import (
    InvalidSettings,
    NameTaken,
    UnknownSite,
    add_site,
    change_settings,
    find_site,
)
from moderation.services.tokens import add_token
from moderation.services.two_factor import turn_off

_as_json = click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")


@click.group()
def site() -> None:
    """Sites."""


@site.command("add")
@click.argument("name")
@click.option(
    "--origin", "origins", multiple=True, required=True, help="https://news.example or https://*.news.example"
)
@_as_json
def site_add(name: str, origins: tuple[str, ...], as_json: bool) -> None:
    """Add a site and show its public key."""
    with session() as opened:
        try:
            added = add_site(opened, name, origins)
        except NameTaken:
            raise click.ClickException(f"there is a site named {name} already") from None
        except InvalidUrl as error:
            raise click.ClickException(f"an origin is not valid: {error}") from None
        answer = {
            "id": str(added.id),
            "name": added.name,
            "site_key": added.site_key,
            "origins": added.origins,
        }
    _answer(answer, as_json)


@site.command("set")
@click.argument("name")
@click.option("--ground-rules", help="What readers should know, shown in the dialog; empty for none.")
@click.option(
    "--known-passages/--no-known-passages", default=None, help="Tell readers what is known already."
)
@click.option("--proof-of-work/--no-proof-of-work", default=None, help="Ask for a solved challenge.")
@click.option("--block-word", "blocked_words", multiple=True, help="Refuse reports whose text holds it.")
@click.option("--block-reader", "blocked_readers", multiple=True, help="Refuse a reader's hash, in hex.")
@click.option("--unblock", multiple=True, help="Take a word or a hash off every list again.")
@click.option("--suggestion-threshold", type=float, help="How sure the speller must be, 0 to 1.")
@click.option("--spam-threshold", type=float, help="From which score a case opens in the spam list, 0 to 1.")
@click.option("--insisting-readers", type=int, help="How many new readers reopen a rejected case.")
@click.option("--article-root", help="A tag, .class or #id; empty: the first article or main.")
@click.option("--own-word", "word_list", multiple=True, help="A name or house style that is never flagged.")
@click.option("--reject-reason", "reject_reasons", multiple=True, help="What readers are often told.")
@click.option("--cms-link", help="Where a page is edited; {url}, {path} and {last} stand for the page.")
@click.option("--keep-days", type=int, help="Delete closed cases after so many days; 0: never.")
@_as_json
def site_set(
    name: str,
    *,
    word_list: tuple[str, ...],
    reject_reasons: tuple[str, ...],
    blocked_words: tuple[str, ...],
    blocked_readers: tuple[str, ...],
    unblock: tuple[str, ...],
    as_json: bool,
    **choices: Any,
) -> None:
    """Change a site's settings and show them. What is not named stays."""
    with session() as opened:
        try:
            found = find_site(opened, name)
            changed = {key: value for key, value in choices.items() if value is not None}
            lists = {
                "blocked_words": blocked_words, "blocked_readers": blocked_readers, "word_list": word_list,
                "reject_reasons": reject_reasons,
            }  # fmt: skip
            for key, added in lists.items():
                if added or unblock:
                    changed[key] = sorted({*getattr(found.settings, key), *added} - set(unblock))
            settings = change_settings(opened, found, **changed)
        except UnknownSite:
            raise click.ClickException(f"there is no site named {name}") from None
        except InvalidSettings as error:
            raise click.ClickException(str(error)) from None
    _answer({key: getattr(settings, key) for key in settings.__struct_fields__}, as_json)


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


def _answer(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(answer).decode())
        return
    for name, value in answer.items():
        click.echo(f"{name:<9} {', '.join(value) if isinstance(value, list) else value}")
