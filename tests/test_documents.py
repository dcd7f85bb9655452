"""The documents refer only to what is in the repository."""

import re
import shlex
from pathlib import Path

import click
import pytest

from moderation.cli import main

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path.relative_to(ROOT)
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob(".github/**/*.md")]
)
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_every_relative_link_of_a_document_leads_to_a_file(document):
    text = re.sub(r"```.*?```", "", (ROOT / document).read_text("utf-8"), flags=re.DOTALL)
    links = [link for link in _LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
    missing = [link for link in links if not (ROOT / document).parent.joinpath(link).exists()]
    assert missing == []


def test_every_decision_is_in_the_index_and_has_a_status():
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    for record in sorted(ROOT.glob("docs/adr/0*.md")):
        assert f"({record.name})" in index, record.name
        assert "\nStatus: " in record.read_text("utf-8"), record.name


def test_every_test_that_the_security_page_names_exists():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs/security.md").read_text("utf-8")))
    sources = [path.read_text("utf-8") for path in ROOT.glob("tests/**/test_*.py")]
    existing = {name for source in sources for name in re.findall(r"def (test_\w+)", source)}
    assert named and named - existing == set()


def test_each_test_of_a_fault_is_in_the_file_that_the_security_page_links():
    text = (ROOT / "docs/security.md").read_text("utf-8")
    links = re.findall(r"\[`(test_\w+)`\]\(\.\./(tests/[^)]+)\)", text)
    wrong = [name for name, path in links if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert links and wrong == []


_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
COMMAND_DOCUMENTS = ("README.md", "docs/install.md")
_BEFORE = r"^ *(?:[A-Z_]+=\S+ )*"
_COMMAND = re.compile(rf"{_BEFORE}(?:docker compose run --rm web )?(?:\S*/)?corrigenda (.*)$", re.MULTILINE)
_TARGET = re.compile(rf"{_BEFORE}make ([a-z-]+)(.*)$", re.MULTILINE)


def lines_of(pattern):
    """Each command of the documents' shell blocks, as (document, match)."""
    found = []
    for document in COMMAND_DOCUMENTS:
        for block in _BLOCK.findall((ROOT / document).read_text("utf-8")):
            found += [(document, match) for match in pattern.finditer(block)]
    return found


@pytest.mark.parametrize("line", [f"{document}: {match[1]}" for document, match in lines_of(_COMMAND)])
def test_every_command_of_the_first_documents_exists_with_its_options(line):
    arguments = shlex.split(line.partition(": ")[2], comments=True)
    command, context = main, click.Context(main)
    while isinstance(command, click.Group):
        name, command, arguments = command.resolve_command(context, arguments)
        context = click.Context(command, context, name)
    command.make_context(context.info_name, arguments, parent=context.parent)


@pytest.mark.parametrize("line", [f"{document}: {match[0]}" for document, match in lines_of(_TARGET)])
def test_every_make_target_of_the_first_documents_exists(line):
    target = _TARGET.match(line.partition(": ")[2])
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target[1]}:", makefile, re.MULTILINE)
    for name in re.findall(r"\b([A-Z_]+)=", target[2]):
        assert f"$({name})" in makefile or f"if {name}" in makefile, name
