"""The widget's files for delivery: joined, minified, versioned by content, compressed once.

Every file directly in `static/widget` is served under its own name. Its imports from subfolders and from
`static/common` are inlined, so they have no URL.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import brotli

from moderation.paths import STATIC
from moderation.reader.join_modules import join_modules

_WIDGET = STATIC / "widget"
_HASH = "@HASH@"
_CLASSIC = "loader.js"
"""Served as a classic script: a module has no `document.currentScript`."""
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".d.ts": "text/plain; charset=utf-8",
}
_PRIVATE = "types.d.ts"
"""Types of the widget's own files."""


@dataclass(frozen=True, slots=True)
class File:
    """One file in each encoding that a browser may ask for."""

    content_type: str
    etag: str
    encoded: dict[str, bytes]
    """By Content-Encoding: `br`, `gzip`, `identity`."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """All files. `version` identifies their content: a module's URL changes when any file changes."""

    version: str
    files: dict[str, File]


def make_bundle(directory: Path = _WIDGET) -> Bundle:
    """Read, join, minify and compress the widget. This takes about ten milliseconds, once per process."""
    paths = sorted(path for path in directory.iterdir() if path.is_file() and path.name != _PRIVATE)
    sources = {path.name: _served(path) for path in paths}
    version = hashlib.sha256("\0".join(sources.values()).encode()).hexdigest()[:16]
    return Bundle(
        version, {name: _file(name, text.replace(_HASH, version)) for name, text in sources.items()}
    )


def _served(path: Path) -> str:
    if path.suffix == ".json":
        return json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False, separators=(",", ":"))
    if path.suffix != ".js":
        return path.read_text("utf-8")
    # The URL of api.js never changes. It is one folder above the files of this version.
    versions = f"./{_HASH}/" if path.name == "api.js" else "./"
    return join_modules(path, versions, classic=path.name == _CLASSIC)


def _file(name: str, text: str) -> File:
    raw = text.encode()
    encoded = {
        "br": brotli.compress(raw, quality=11),
        "gzip": gzip.compress(raw, 9, mtime=0),
        "identity": raw,
    }
    etag = hashlib.sha256(raw).hexdigest()[:16]
    suffix = ".d.ts" if name.endswith(".d.ts") else Path(name).suffix
    return File(_TYPES[suffix], etag, encoded)
