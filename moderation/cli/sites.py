"""`corrigenda site`: add, change and show sites."""

from typing import Any

import click
import msgspec

from moderation.cli.answers import json_option, print_answer, print_table
from moderation.cli.connect import session
from moderation.cli.site_named import site_named
from moderation.domain.sites.settings import value_range
from moderation.domain.sites.urls import InvalidUrl
from moderation.models import Site
from moderation.services.sites.add import InvalidSettings, NameTaken, add_site, change_site
from moderation.services.sites.directory import all_sites

_LISTS = ("blocked_words", "blocked_readers", "word_list", "reject_reasons")


def _range(name: str) -> str:
    lowest, highest = value_range(name)
    return f", {lowest:g} to {highest:g}"


@click.group()
def site() -> None:
    """Manage sites."""


@site.command("add")
@click.argument("name")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    required=True,
    help="Allowed domain, for example https://news.example or https://*.news.example; repeat for more.",
)
@json_option
def site_add(name: str, origins: tuple[str, ...], as_json: bool) -> None:
    """Create a site and print its public key."""
    with session(changing=True) as opened:
        try:
            answer = _about(add_site(opened, name, origins))
        except NameTaken:
            raise click.ClickException(f'A site named "{name}" already exists.') from None
        except InvalidUrl as error:
            raise click.ClickException(f"Invalid domain: {error}") from None
        except InvalidSettings as error:
            raise click.ClickException(str(error)) from None
    print_answer(answer, as_json)


@site.command("list")
@json_option
def site_list(as_json: bool) -> None:
    """List the sites with their keys."""
    with session(changing=False) as opened:
        rows = [_about(found) for found in all_sites(opened)]
    print_table(rows, as_json, empty="no sites: add one with `corrigenda site add NAME --origin URL`")


@site.command("show")
@click.argument("name")
@json_option
def site_show(name: str, as_json: bool) -> None:
    """Show a site's key, origins and settings."""
    with session(changing=False) as opened:
        stored = site_named(opened, name)
        answer = _about(stored) | _settings(stored.settings)
    print_answer(answer, as_json)


@site.command("set")
@click.argument("name")
@click.option("--ground-rules", help='Note shown in the report form; pass "" to remove it.')
@click.option(
    "--known-passages/--no-known-passages", default=None, help="Tell readers when a typo is already reported."
)
@click.option(
    "--public-corrections/--no-public-corrections", default=None, help="Publish the latest corrections."
)
@click.option(
    "--fix-mail/--no-fix-mail", default=None, help="Offer readers one email when their typo is fixed."
)
@click.option(
    "--proof-of-work/--no-proof-of-work", default=None, help="Require proof of work from readers' browsers."
)
@click.option("--block-word", "blocked_words", multiple=True, help="Reject reports that contain this word.")
@click.option(
    "--block-reader", "blocked_readers", multiple=True, help="Block a reader by anonymous ID (hex)."
)
@click.option(
    "--unblock",
    multiple=True,
    help="Remove a word or reader from all lists, house words and rejection reasons too.",
)
@click.option(
    "--suggestion-threshold",
    type=float,
    help=f"Minimum confidence of spell checker suggestions{_range('suggestion_threshold')}.",
)
@click.option(
    "--spam-threshold",
    type=float,
    help=f"Spam score from which cases go to Spam{_range('spam_threshold')}.",
)
@click.option(
    "--insisting-readers",
    type=int,
    help=f"Reopen a rejected case after this many new readers{_range('insisting_readers')}.",
)
@click.option(
    "--fetch-pause", type=float, help=f"Seconds between page checks on one host{_range('fetch_pause')}."
)
@click.option(
    "--article-root",
    help="CSS selector of the article (tag, .class or #id); default: the article with the most text.",
)
@click.option("--own-word", "word_list", multiple=True, help="Add a word the spell checker accepts.")
@click.option("--reject-reason", "reject_reasons", multiple=True, help="Add a rejection reason.")
@click.option("--cms-link", help="Link to edit a page in your CMS; may contain {url}, {path} and {last}.")
@click.option(
    "--keep-days",
    type=int,
    help=f"Delete closed cases after this many days{_range('keep_days')}; 0 keeps them.",
)
@json_option
def site_set(name: str, *, unblock: tuple[str, ...], as_json: bool, **choices: Any) -> None:
    """Change site settings and print them. Options you leave out stay as they are."""
    with session(changing=True) as opened:
        stored = site_named(opened, name)
        added = {key: choices.pop(key) for key in _LISTS}
        changed = {key: value for key, value in choices.items() if value is not None}
        for key, values in added.items():
            if values or unblock:
                changed[key] = sorted({*getattr(stored.settings, key), *values} - set(unblock))
        try:
            settings = change_site(opened, None, stored, **changed)
        except InvalidSettings as error:
            raise click.ClickException(str(error)) from None
    print_answer(_settings(settings), as_json)


def _about(stored: Site) -> dict[str, Any]:
    return {
        "id": str(stored.id),
        "name": stored.name,
        "site_key": stored.site_key,
        "origins": stored.origins,
    }


def _settings(settings: Any) -> dict[str, Any]:
    return {key: msgspec.to_builtins(getattr(settings, key)) for key in settings.__struct_fields__}
