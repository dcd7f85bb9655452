"""The data directory of a command: `--data-dir`, CORRIGENDA_DATA_DIR, or the default."""

from dataclasses import dataclass
from pathlib import Path

import click

from moderation.settings import default_data_dir, names_data_dir

_KEY = "moderation.cli.data_dir"


@dataclass(frozen=True, slots=True)
class DataDir:
    """A data directory, and the source of the choice."""

    path: Path
    by_option: bool
    named: bool
    """The operator named it, by an option or in the environment."""

    @property
    def holds_instance(self) -> bool:
        """Return whether a stack has used the directory before."""
        return (self.path / "postgres" / "PG_VERSION").exists()


def chosen_data_dir() -> DataDir:
    """Return the data directory of the running command."""
    option: Path | None = click.get_current_context().meta.get(_KEY)
    path = (option or default_data_dir()).resolve()
    return DataDir(path, by_option=option is not None, named=option is not None or names_data_dir())


def add_option(command: click.Command) -> None:
    """Add `--data-dir` to a command, and to each command of a group."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            add_option(inner)
    else:
        command.params.append(_option())


def _option() -> click.Option:
    def remember(context: click.Context, _: click.Parameter, value: Path | None) -> None:
        context.meta[_KEY] = value

    return click.Option(
        ["--data-dir"],
        type=click.Path(file_okay=False, path_type=Path),
        expose_value=False,
        callback=remember,
        help="The instance's data directory.",
    )
