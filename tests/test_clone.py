"""A clone stands alone: built, installed and used outside the checkout, with nothing beside it."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from zipfile import ZipFile

import pytest

from moderation.version import VERSION
from tests.support.running import Running, call, eventually

ROOT = Path(__file__).resolve().parent.parent
REPORT = {
    "url": "https://news.example/a",
    "quote": {"exact": "recieve", "prefix": "readers ", "suffix": " a letter"},
    "correction": "receive",
}


def run(*command, cwd):
    # Not measured by `make coverage`: it is not this checkout, and building would take ten minutes.
    env = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=env,
        capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def install(wheel, environment):
    """A fresh environment with the wheel alone; its dependencies are those that the tests run with."""
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd="/")
    python = environment / "bin" / "python"
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd="/").strip())
    # Files ending in .pth are read in this folder only: the editable install next to them stays unknown.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", wheel, cwd="/")
    return python


@pytest.mark.slow
def test_a_clone_builds_installs_and_takes_a_report_to_its_decision(workspace):
    clone, dist = workspace / "alone" / "clone", workspace / "alone" / "dist"
    run("git", "-c", "safe.directory=*", "clone", "--quiet", ROOT, clone, cwd="/")
    # The wheel is built from the sdist, so this proves both.
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist, clone, cwd="/")
    assert len(list(dist.glob("*.tar.gz"))) == 1
    [wheel] = dist.glob("*.whl")
    assert missing_files(clone, wheel) == []
    python = install(wheel, workspace / "alone" / "environment")
    corrigenda = python.with_name("corrigenda")
    assert run(corrigenda, "--version", cwd="/") == f"corrigenda {VERSION}\n"
    program = run(python, "-c", "import moderation; print(moderation.__file__)", cwd="/")
    assert program.startswith(str(python.parents[1]))

    stack = Running(workspace / "alone" / "data", command=[str(corrigenda)], cwd=Path("/"))
    try:
        stack.await_ready()
        site = stack.cli("site", "add", "News", "--origin", "https://news.example", "--json")
        owner = ("--editor", "owner@corrigenda.example", "--name", "test")
        token = stack.cli("token", "add", *owner, "--json")["token"]
        status, sent = call(f"{stack.url}/api/v1/reports", REPORT, {"X-Site-Key": site["site_key"]})
        assert status == 202
        editor = {"Authorization": f"Bearer {token}"}
        [case] = eventually(
            lambda: call(f"{stack.url}/api/v1/cases?site={site['id']}", headers=editor)[1]["items"], 60
        )
        decision = {"action": "accept", "version": case["version"]}
        assert call(f"{stack.url}/api/v1/cases/{case['id']}/decisions", decision, editor)[0] == 200
        receipt = call(f"{stack.url}/api/v1/receipts/{sent['receipt']['token']}")[1]
        assert receipt["status"] == "accepted"
        for path in ("/", "/demo/ru", "/widget.js", "/static/common/base.css", "/desk/sign-in"):
            assert fetch(stack.url + path), path
    finally:
        assert stack.stop(seconds=30) == 0


def missing_files(clone, wheel):
    """Files of the program that the wheel does not carry: templates and migrations are inside the package."""
    tracked = run("git", "ls-files", "moderation", "worker", "templates", "migrations", cwd=clone).split()
    beside = ("templates/", "migrations/")
    names = {f"moderation/{name}" if name.startswith(beside) else name for name in tracked}
    return sorted(names - set(ZipFile(wheel).namelist()))


def fetch(url):
    """What a Russian browser gets. A missing template, script or style fails."""
    command = ["curl", "--silent", "--fail", "--location", "--header", "Accept-Language: ru", url]
    return subprocess.run(command, capture_output=True, check=True, timeout=30).stdout
