"""How commands print their answer: lines or JSON."""

from typing import Any

import click
import msgspec

_as_json = click.option("--json", "as_json", is_flag=True, help="Answer as one JSON object.")


def _answer(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(msgspec.json.encode(answer).decode())
        return
    for name, value in answer.items():
        click.echo(f"{name:<9} {', '.join(value) if isinstance(value, list) else value}")
