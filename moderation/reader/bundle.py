"""The widget's files as they are served: minified, named by their content, compressed once."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import brotli
from rjsmin import jsmin

from moderation.paths import STATIC

_WIDGET = STATIC / "widget"
_HASH = "@HASH@"
_TEMPLATE = re.compile(r"(?<=_STYLE = )`[^`]*`|(?<=COMMON = )`[^`]*`")
_SPACES = re.compile(r"/\*.*?\*/|\s+", re.DOTALL)
_GAPS = re.compile(r"\s*([{};,]|:(?= ))\s*")
_TYPES = {".js": "text/javascript; charset=utf-8", ".ts": "text/plain; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class File:
    """One file in each encoding that a browser may ask for."""

    content_type: str
    etag: str
    encoded: dict[str, bytes]
    """By Content-Encoding: `br`, `gzip`, `identity`."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All files. `version` names this content: a module's URL changes when any file does."""

    version: str
    files: dict[str, File]


def make_bundle(directory: Path = _WIDGET) -> Bundle:
    """Read, minify and compress the widget. A few milliseconds a file, once a process."""
    sources = {path.name: _minified(path) for path in sorted(directory.iterdir())}
    digest = hashlib.sha256("\0".join(sources.values()).encode())
    version = digest.hexdigest()[:16]
    return Bundle(
        version, {name: _file(name, text.replace(_HASH, version)) for name, text in sources.items()}
    )


def _minified(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix != ".js":
        return text
    # rjsmin leaves template strings alone, and the style sheets are some.
    return str(jsmin(_TEMPLATE.sub(lambda match: _GAPS.sub(r"\1", _SPACES.sub(" ", match[0])), text)))


def _file(name: str, text: str) -> File:
    raw = text.encode()
    encoded = {
        "br": brotli.compress(raw, quality=11),
        "gzip": gzip.compress(raw, 9, mtime=0),
        "identity": raw,
    }
    etag = hashlib.sha256(raw).hexdigest()[:16]
    return File(_TYPES[Path(name).suffix], etag, encoded)
