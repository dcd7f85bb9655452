"""Serve a folder of saved pages like a news site, with planted and corrected mistakes."""

import random
import re
import threading
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import moderation
from moderation.domain.pages.decoding import decode

_ENCODINGS = ("utf-8", "cp1251", "koi8-r", "cp1252", "gbk", "cp932", "utf-16")
_SEGMENT = re.compile(r"(?<=>)[^<>]{12,}(?=<)")
_WORD = re.compile(r"[^\W\d_]{5,}")
_HEAD = re.compile(r"<(script|style|title|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CJK_WORD = 6
MODULES = "/_widget/"
"""Path of the widget's modules on the site."""
_STATIC = Path(moderation.__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Planted:
    """A mistake: `wrong` replaces `right` at an offset of the markup."""

    at: int
    wrong: str
    right: str


@dataclass(slots=True)
class SavedPage:
    """A page of the folder. `mended` are the planted mistakes that have been corrected."""

    name: str
    raw: bytes
    planted: Sequence[Planted] = ()
    mended: set[str] = field(default_factory=set)

    def served(self) -> bytes:
        """Return the bytes that the site serves now."""
        encoding = self._encoding()
        if encoding is None or not self.planted:
            return self.raw
        markup, at, parts = decode(self.raw, None), 0, []
        for mistake in self.planted:
            parts += [
                markup[at : mistake.at],
                mistake.right if mistake.wrong in self.mended else mistake.wrong,
            ]
            at = mistake.at + len(mistake.right)
        return "".join([*parts, markup[at:]]).encode(encoding)

    def plant(self, count: int) -> None:
        """Swap two letters in some words, spread over the page."""
        if self._encoding() is None:
            return
        markup = decode(self.raw, None)
        hidden = [match.span() for match in _HEAD.finditer(markup)]
        words = [
            (segment.start() + word.start(), word[0][:_CJK_WORD] if ord(word[0][0]) > 0x2E00 else word[0])
            for segment in _SEGMENT.finditer(markup)
            if not any(start <= segment.start() < end for start, end in hidden)
            for word in _WORD.finditer(segment[0])
        ]
        chosen = random.Random(self.name)
        mistakes = [
            Planted(at, word[:2] + word[3] + word[2] + word[4:], word)
            for at, word in sorted(chosen.sample(words, min(len(words), 3 * count)))
            if word[2] != word[3]
        ]
        fresh = [mistake for mistake in mistakes if mistake.wrong not in markup]
        self.planted = sorted(chosen.sample(fresh, min(len(fresh), count)), key=lambda mistake: mistake.at)

    def _encoding(self) -> str | None:
        """Return the encoding that reproduces the page's bytes, or None."""
        markup = decode(self.raw, None)
        if self.raw[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
            return "utf-16"
        for encoding in _ENCODINGS:
            try:
                if decode(markup.encode(encoding), None) == markup:
                    return encoding
            except UnicodeEncodeError:
                continue
        return None


def read_folder(folder: Path) -> list[SavedPage]:
    """Read the pages of a folder, and disable their canonical links, which name their original site."""
    return [
        SavedPage(path.name, re.sub(rb"""(rel=["']?)canonical""", rb"\1x-canonical", path.read_bytes()))
        for path in sorted(folder.glob("*.htm*"))
    ]


def _module(path: str) -> bytes:
    """Return a module of the widget, which is served at the site's own origin too; empty if there is none."""
    file = (_STATIC / path.removeprefix(MODULES)).resolve()
    is_module = path.startswith(MODULES) and file.suffix == ".js" and file.is_relative_to(_STATIC)
    return file.read_bytes() if is_module else b""


@contextmanager
def news_site(pages: Sequence[SavedPage], home: str) -> Iterator[str]:
    """Serve the pages and yield the origin. Only the scripts of the service may run."""
    by_path = {f"/{page.name}": page for page in pages}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = by_path.get(unquote(self.path))
            module = _module(self.path)
            body = page.served() if page else module
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/javascript" if module else "text/html")
            policy = f"script-src 'self' {home}; connect-src {home}" if home else "script-src 'self'"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
