"""nginx in front of the web machines, with the configuration that the documents give."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.running import answers, eventually, free_port

DOCS = Path(__file__).resolve().parents[3] / "docs"
_BLOCK = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
_UPSTREAM = re.compile(r"^upstream corrigenda \{.*?\}\n", re.MULTILINE | re.DOTALL)
_SERVER = re.compile(r"^    server \S+", re.MULTILINE)
# All load comes from one address, and a test has no certificate.
_LEFT_OUT = re.compile(r"^ *(?:limit_|ssl_|server_name ).*\n", re.MULTILINE)


@contextmanager
def balancer(directory: Path, ports: Sequence[int]) -> Iterator[str]:
    """Run nginx before the web processes at these ports of 127.0.0.1, and yield its URL."""
    port = free_port()
    directory.mkdir()
    directory.chmod(0o755)
    (directory / "nginx.conf").write_text(configuration(port, ports))
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    arguments = ["-p", str(directory), "-e", "error.log", "-c", "nginx.conf", "-g", "daemon off;"]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen([program, *arguments], stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: answers(f"{url}/healthz"), 120)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def configuration(port: int, ports: Sequence[int]) -> str:
    """Return docs/install.md's block with docs/scaling.md's machines, at our ports and without TLS."""
    server = _documented("install.md")
    machines = _documented("scaling.md")
    left = iter(ports)
    machines = _SERVER.sub(lambda _: f"    server 127.0.0.1:{next(left)}", machines)
    assert next(left, None) is None, "docs/scaling.md names as many web machines as this test runs"
    server = _LEFT_OUT.sub("", _UPSTREAM.sub(machines, server)).replace("listen 443 ssl", f"listen {port}")
    folders = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {name};\n" for name in folders)
    http = f"access_log off;\n{paths}{server}"
    return f"pid nginx.pid;\nevents {{ worker_connections 1024; }}\nhttp {{\n{http}}}\n"


def _documented(name: str) -> str:
    [block] = _BLOCK.findall((DOCS / name).read_text("utf-8"))
    return str(block)
