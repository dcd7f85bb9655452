"""A site that lives in Git: a bare repository behind HTTP, whose hook builds the pages that readers see."""

import base64
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

from tests.support.serving import Answer, serve_http

TOKEN = "token-of-the-newsroom"
_LARGEST = 10_000_000

# The site generator: what Hugo or Jekyll does after a push.
_HOOK = """#!{python}
import html, pathlib, re, subprocess
def git(*arguments):
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout
for path in git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "main", "content").split():
    _, front, body = git("show", "main:" + path).split("---\\n", 2)
    title = re.search('title: "(.*)"', front)[1]
    text = re.sub(r"[*][*](.+?)[*][*]", r"<strong>\\1</strong>", html.escape(body.strip()))
    page = pathlib.Path({public!r}) / "blog" / pathlib.Path(path).stem / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    new = page.with_suffix(".new")
    article = f"<article><h1>{{title}}</h1><p>{{text}}</p></article>"
    new.write_text(f"<!doctype html><title>{{title}}</title>{{article}}")
    new.rename(page)
"""


class GitSite:
    """A bare repository, a colleague's clone, and the folder with the built pages."""

    def __init__(self, folder: Path) -> None:
        self.bare, self.work, self.public = folder / "bare.git", folder / "work", folder / "public"
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "--bare", "-b", "main", str(self.bare), cwd=folder)
        self.git("clone", "-q", str(self.bare), str(self.work), cwd=folder)
        self.url = ""

    def git(self, *arguments: str, cwd: Path | None = None) -> str:
        """Run git as the colleague."""
        who = ["-c", "user.name=Пётр", "-c", "user.email=petr@news.example", "-c", "init.defaultBranch=main"]
        done = subprocess.run(
            ["git", *who, *arguments], cwd=cwd or self.work, check=True, capture_output=True, timeout=60
        )
        return done.stdout.decode()

    def commit(self, path: str, text: str) -> None:
        """Commit and push a file."""
        file = self.work / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        self.git("add", "-A")
        self.git("commit", "-qm", "colleague")
        self.git("push", "-q", "origin", "HEAD:main")

    def read(self, path: str) -> str:
        """The file on the pushed branch."""
        return self.git("show", f"main:{path}", cwd=self.bare)

    def messages(self) -> list[str]:
        """The messages of the commits on the branch, newest first."""
        return self.git("log", "--format=%B%x00", "main", cwd=self.bare).split("\0")[:-1]

    def publish_with_hook(self) -> None:
        """Build the pages after each push."""
        hook = self.bare / "hooks" / "post-receive"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(_HOOK.format(python=sys.executable, public=str(self.public)))
        hook.chmod(0o755)

    @property
    def repository(self) -> str:
        """The address of the repository. It asks for TOKEN."""
        return f"{self.url}/bare.git"


@contextmanager
def serve_git(site: GitSite) -> Iterator[GitSite]:
    """Serve the repository (Git's own HTTP back end) and the pages."""

    def answer(request: BaseHTTPRequestHandler, body: bytes) -> Answer:
        assert len(body) <= _LARGEST
        path = urlsplit(request.path).path
        if path.startswith("/bare.git/"):
            return _ask_git(site.bare.parent, request, body)
        page = site.public / path.strip("/") / "index.html"
        if page.is_file():
            return 200, {"Content-Type": "text/html; charset=utf-8"}, page.read_bytes()
        return 404, {}, b"nothing here"

    with serve_http(answer) as port:
        site.url = f"http://127.0.0.1:{port}"
        yield site


def _ask_git(root: Path, request: BaseHTTPRequestHandler, body: bytes) -> Answer:
    """Let `git http-backend` answer who has the token."""
    scheme, _, pair = request.headers.get("Authorization", "").partition(" ")
    if scheme != "Basic" or not base64.b64decode(pair).decode().endswith(f":{TOKEN}"):
        return 401, {"WWW-Authenticate": 'Basic realm="git"'}, b""
    parts = urlsplit(request.path)
    environment = {
        **os.environ, "GIT_PROJECT_ROOT": str(root), "GIT_HTTP_EXPORT_ALL": "1", "REMOTE_USER": "corrigenda",
        "PATH_INFO": parts.path, "QUERY_STRING": parts.query, "REQUEST_METHOD": request.command,
        "CONTENT_TYPE": request.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
    }  # fmt: skip
    done = subprocess.run(
        ["git", "http-backend"], input=body, env=environment, capture_output=True, check=True, timeout=60
    )
    head, _, content = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
    return int(headers.pop("Status", "200").split()[0]), headers, content
