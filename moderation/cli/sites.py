"""`corrigenda site`: add and change sites."""

from typing import Any

import click

from moderation.cli.answers import _answer, _as_json
from moderation.cli.connect import session
from moderation.domain.sites.urls import InvalidUrl
from moderation.services.sites.add import InvalidSettings, NameTaken, add_site, change_settings
from moderation.services.sites.directory import UnknownSite, find_site


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
