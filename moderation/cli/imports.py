"""`corrigenda import`: take over reports from files and from other systems."""

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from sqlalchemy.orm import Session

from moderation.cli.answers import json_option, print_answer
from moderation.cli.connect import database
from moderation.cli.site_named import site_named
from moderation.integrations.importers.csv_file import read_csv
from moderation.integrations.importers.hexlet import STATUSES, UNSETTLED, read_hexlet
from moderation.integrations.importers.jsonl_file import read_jsonl
from moderation.integrations.importers.load import Importer
from moderation.integrations.importers.mapping import InvalidMap, read_map
from moderation.integrations.importers.record import FIELDS, Record
from moderation.services.sites.directory import KnownSite

_SHOWN = 10
"""Refused rows that are printed. --refused writes all of them."""
Read = Callable[[TextIO], Iterator[Record]]


class _Counted:
    """A text file that counts the bytes which were read, for the progress bar."""

    def __init__(self, file: TextIO, seen: Callable[[int], None]) -> None:
        self._file, self._seen = file, seen

    def __iter__(self) -> Iterator[str]:
        for line in iter(self._file.readline, ""):
            self._seen(len(line.encode()))
            yield line

    def readline(self) -> str:
        """Read a line."""
        return self._file.readline()

    def seek(self, position: int) -> int:
        """Go to a position."""
        return self._file.seek(position)


@click.group("import")
def import_() -> None:
    """Import reports from files and from other systems."""


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that every source has."""
    for option in (
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
        click.option("--site", "site_name", required=True, help="Name of the site that gets the reports."),
        click.option(
            "--source", default=None, help="Name of the source. Its ids are unique. Default: the format."
        ),
        click.option(
            "--time-zone", default="UTC", help="Zone of times that name none, such as Europe/Moscow."
        ),
        click.option("--dry-run", is_flag=True, help="Check everything, write nothing."),
        click.option(
            "--refused",
            type=click.Path(dir_okay=False, path_type=Path),
            help="Write the refused rows to this CSV.",
        ),
        json_option,
    ):
        command = option(command)
    return command


_map_option = click.option(
    "--map", "pairs", multiple=True, metavar="FIELD=COLUMN", help=f"Fields: {', '.join(FIELDS)}."
)


@import_.command("csv")
@_map_option
@_options
def import_csv(file: Path, pairs: tuple[str, ...], **options: Any) -> None:
    """Import CSV with a header line."""
    columns = _columns(pairs)
    _import(file, "csv", lambda text: read_csv(text, columns), **options)


@import_.command("jsonl")
@_map_option
@_options
def import_jsonl(file: Path, pairs: tuple[str, ...], **options: Any) -> None:
    """Import JSON Lines. A column may be a path, such as quote.exact."""
    columns = _columns(pairs)
    _import(file, "jsonl", lambda text: read_jsonl(text, columns), **options)


@import_.command("hexlet")
@click.option("--closed", is_flag=True, help="Also typos that are resolved or canceled there.")
@_options
def import_hexlet(file: Path, closed: bool, **options: Any) -> None:
    """Import the typo table of hexlet-correction: a dump of pg_dump, or CSV."""
    statuses = STATUSES if closed else UNSETTLED
    _import(file, "hexlet", lambda text: read_hexlet(text, statuses), **options)


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    try:
        return read_map(pairs)
    except InvalidMap as error:
        raise click.ClickException(str(error)) from None


def _import(
    file: Path,
    format_: str,
    read: Read,
    *,
    site_name: str,
    source: str | None,
    time_zone: str,
    dry_run: bool,
    refused: Path | None,
    as_json: bool,
) -> None:
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.ClickException(f"there is no time zone {time_zone}") from None
    with database(changing=True) as engine:
        with Session(engine) as session:
            found = site_named(session, site_name)
            site = KnownSite(found.id, found.site_key, tuple(found.origins), found.settings)
        importer = Importer(engine, site, source or format_, zone=zone, dry_run=dry_run)
        _run(importer, file, read, refused)
    outcome = importer.outcome
    answer: dict[str, Any] = {
        "would_import" if dry_run else "imported": outcome.imported,
        "already_present": outcome.present,
        "refused": outcome.refused_count,
    }
    print_answer(answer | {f"refused_{kind}": count for kind, count in outcome.refused.items()}, as_json)


def _run(importer: Importer, file: Path, read: Read, refused: Path | None) -> None:
    """Import the file, with a progress bar and the refused rows on standard error."""
    shown, sheet = 0, refused.open("w", encoding="utf-8", newline="") if refused else None
    writer = csv.writer(sheet) if sheet else None
    if writer:
        writer.writerow(("row", "reason"))
    try:
        with (
            file.open(encoding="utf-8", newline="") as text,
            click.progressbar(length=file.stat().st_size, label=file.name, file=sys.stderr) as bar,
        ):
            for rows in importer.run(read(_Counted(text, bar.update))):  # type: ignore[arg-type]
                for row in rows:
                    if writer:
                        writer.writerow((row.number, row.reason))
                    if shown < _SHOWN:
                        click.echo(f"\nrow {row.number}: {row.reason}", err=True)
                        shown += 1
    except InvalidMap as error:
        raise click.ClickException(str(error)) from None
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file} is not UTF-8: {error.reason} at byte {error.start}") from None
    except csv.Error as error:
        raise click.ClickException(f"{file} is not CSV: {error}") from None
    finally:
        if sheet:
            sheet.close()
