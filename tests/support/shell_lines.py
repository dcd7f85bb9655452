"""Shell commands in documents: lines of fenced blocks, and spans of code in the text."""

import re
import shlex
from pathlib import Path
from typing import NamedTuple

_BLOCK = re.compile(r"^( *)```sh\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
_HERE = re.compile(r"<<(\w+)\n.*?\n\1$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]*\bcorrigenda (?:[a-z]|--)[^`\n]*)`")
_BEFORE = re.compile(r"^(?:[A-Z_]+=\S+ )*")


class Line(NamedTuple):
    """One command, and the document that shows it."""

    document: str
    text: str

    @property
    def command(self) -> str:
        """The command without settings before it and without what follows it."""
        return _BEFORE.sub("", self.text).split("   #")[0].rstrip()

    @property
    def words(self) -> list[str]:
        """The words of the command."""
        return shlex.split(self.command, comments=True)


def fenced_blocks(root: Path, document: str) -> list[str]:
    """Return the shell blocks of a document, without their indentation."""
    blocks = _BLOCK.findall((root / document).read_text("utf-8"))
    return [re.sub(rf"^{indent}", "", block, flags=re.MULTILINE) for indent, block in blocks]


def fenced_lines(root: Path, document: str) -> list[Line]:
    """Return the commands of the shell blocks. Continued lines belong to their command."""
    lines = []
    for block in fenced_blocks(root, document):
        joined = re.sub(r"\\\n", " ", _HERE.sub(r"<<\1", block))
        open_quote = ""
        for line in joined.splitlines():
            open_quote += line
            if open_quote.count("'") % 2:
                open_quote += "\n"
                continue
            if open_quote.strip() and not open_quote.startswith("#"):
                lines.append(Line(document, open_quote))
            open_quote = ""
    return lines


def spans(root: Path, document: str) -> list[Line]:
    """Return the commands of ours that the text of a document names."""
    text = re.sub(r"^ *```.*?```", "", (root / document).read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [Line(document, found.replace("\\|", "|")) for found in _SPAN.findall(text)]
