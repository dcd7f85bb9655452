"""The commands in the documents work.

Each line of a shell block in README, docs/install.md, docs/operate.md and the Russian pages is of one of
these kinds. A line of no kind fails.

* `corrigenda …`: tests/cli/test_documented_lines.py runs the line as it is written. Processes, which run
  until they are stopped, are run by the test that `RUN` names.
* `make …`: the target and its variables are in the Makefile. CI runs the targets.
* `docker compose …`: its services and profiles are in docker-compose.yml. tests/image runs their processes.
* Lines of HERE are run by tests/test_blocks_in_documents.py; lines of ELSEWHERE by the test that is named.
* Tools of the system (`useradd`, `systemctl` …): the tool has the options, systemd's units exist.

Commands in the text (`corrigenda …` between backticks) are parsed in every document.
"""

import os
import re
import shlex
import subprocess
from contextlib import suppress

import click
import pytest
import yaml  # type: ignore[import-untyped]

from moderation.cli import main
from moderation.cli.systemd import units
from tests.support.documented_commands import (
    ELSEWHERE,
    FENCED,
    FIRST,
    OTHER_FENCED,
    OTHERS,
    ROOT,
    RUN,
    TOOLS,
    arguments_of,
    kind_of,
)
from tests.support.shell_lines import fenced_lines, spans


def of_kind(lines, *kinds):
    chosen = {f"{line.document}: {line.text.strip()[:80]}": line for line in lines if kind_of(line) in kinds}
    return pytest.mark.parametrize("line", chosen.values(), ids=chosen.keys())


def test_every_line_is_of_a_kind_that_a_test_checks():
    assert [line for line in FENCED if kind_of(line) is None] == []


def resolve(arguments):
    """The command that arguments name, with its context, and what follows it. Raises click's usage errors."""
    command, context = main, click.Context(main, info_name="corrigenda")
    while isinstance(command, click.Group) and arguments and not arguments[0].startswith("-"):
        name, command, arguments = command.resolve_command(context, arguments)
        context = click.Context(command, context, name)
    return command, context, arguments


def parse(arguments):
    """Parse a command line of ours. Raises click's usage errors, but not for files that are not here."""
    command, context, rest = resolve(arguments)
    try:
        command.make_context(context.info_name, [*rest], parent=context.parent)
    except click.BadParameter as error:
        if "does not exist" not in error.message:
            raise
    except click.exceptions.Exit:
        assert arguments in (["--version"], ["--help"])


@pytest.mark.parametrize("document", [*FIRST, *OTHERS])
def test_the_command_line_parses_each_command_of_the_blocks(document):
    for line in fenced_lines(ROOT, document):
        if kind_of(line) == "ours":
            parse(arguments_of(line))


def test_each_process_of_a_block_is_run_by_the_named_test():
    sources = {path: (ROOT / path.partition("::")[0]).read_text("utf-8") for path in RUN.values()}
    for line in (line for line in FENCED if kind_of(line) == "ours"):
        named = RUN.get(arguments_of(line)[0])  # others: tests/cli/test_documented_lines.py
        assert named is None or f"def {named.partition('::')[2]}(" in sources[named], line


@pytest.mark.parametrize("document", [*FIRST, *OTHERS])
def test_the_command_line_knows_each_command_of_the_text(document):
    for line in spans(ROOT, document):
        words = [word for word in arguments_of(line) if "…" not in word]
        for alternative in alternatives(words):
            # The text may name a command only; a block shows how it is called.
            with suppress(click.MissingParameter, click.exceptions.NoArgsIsHelpError):
                parse(alternative)


def alternatives(words):
    """Each of the commands that `add|list NAME` stands for."""
    found = next(
        (index for index, word in enumerate(words) if re.fullmatch(r"[a-z]+(\|[a-z]+)+", word)), None
    )
    if found is None:
        return [words]
    return [[*words[:found], one] for one in words[found].split("|")]


@of_kind([*FENCED, *OTHER_FENCED], "make")
def test_each_make_target_exists_with_its_variables(line):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    target, *variables = line.words[1:]
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    for name in (word.partition("=")[0] for word in variables):
        assert f"$({name})" in makefile or f"if {name}" in makefile, name


@of_kind(FENCED, "docker")
def test_compose_has_the_services_and_profiles(line):
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
    services = compose["services"]
    profiles = {profile for service in services.values() for profile in service.get("profiles", [])}
    words = line.words[2:]
    assert {words[at + 1] for at, word in enumerate(words) if word == "--profile"} <= profiles
    scaled = {words[at + 1].partition("=")[0] for at, word in enumerate(words) if word == "--scale"}
    ours = words.index("corrigenda") if "corrigenda" in words else len(words)
    named = {words[ours - 1]} if "run" in words else set()
    assert scaled | named <= set(services)
    if "corrigenda" in words:
        command, context, rest = resolve(words[ours + 1 :])
        command.make_context(context.info_name, rest, parent=context.parent)


@of_kind(FENCED, "systemctl")
def test_systemd_has_the_units(line):
    named = {word for word in line.words if word.startswith("corrigenda")}
    assert named <= {name.removesuffix(".service") for name in units("corrigenda")}


@of_kind(FENCED, "export")
def test_the_setting_is_in_the_list(line):
    name = line.words[1].partition("=")[0]
    assert f"`{name}`" in (ROOT / "docs/operate.md").read_text("utf-8").partition("## Settings")[2]


@of_kind(FENCED, "tool")
def test_the_tool_has_the_options(line):
    tool = next(tool for tool in TOOLS if line.command.startswith(tool))
    env = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}  # not on an ordinary user's path
    command = [*shlex.split(tool), "--help"]
    helped = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    options = [word for word in line.words[len(tool.split()) :] if word.startswith("-")]
    assert options and [option for option in options if option not in helped.stdout + helped.stderr] == []


@of_kind(FENCED, "elsewhere")
def test_the_named_test_runs_the_line(line):
    path, _, name = next(
        test for start, test in ELSEWHERE.items() if line.command.startswith(start)
    ).partition("::")
    assert f"def {name}(" in (ROOT / path).read_text("utf-8")
