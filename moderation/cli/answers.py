"""Print the answers of commands, as lines or as JSON."""

from collections.abc import Sequence
from typing import Any

import click
import msgspec

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def print_answer(answer: dict[str, Any], as_json: bool) -> None:
    """Print one record as a line per field or as one JSON object."""
    if as_json:
        click.echo(msgspec.json.encode(answer).decode())
        return
    width = max(9, *map(len, answer))
    for name, value in answer.items():
        click.echo(f"{name:<{width}} {_text(value)}")


def print_table(rows: Sequence[dict[str, Any]], as_json: bool, *, empty: str) -> None:
    """Print records as a table with field names or as one JSON array."""
    if as_json:
        click.echo(msgspec.json.encode(rows).decode())
        return
    if not rows:
        click.echo(empty)
        return
    lines = [list(rows[0]), *([_text(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        cells = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "-" if value is None else str(value)
