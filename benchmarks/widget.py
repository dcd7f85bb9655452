"""Measure the cost of the widget for a page, beside Isso's embed in the same run, in Chromium.

The figures are the bytes that each stage loads, the main-thread time of a page of 100,000 words with and
without the script, long tasks, and the time from Ctrl+Enter to an open dialog.
"""

import gzip
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

import brotli
from playwright.sync_api import Browser, CDPSession, Page, Response

from benchmarks import servers
from benchmarks.chromium import chromium
from benchmarks.figures import Figures
from moderation.database import make_engine, make_sessions
from moderation.services.instance.migrate import upgrade
from moderation.services.sites.add import add_site
from moderation.settings import Settings
from moderation.standalone.stack import open_stack

ROUNDS = 5
WORDS = 100_000
_WORD = "набережная "
_LONG_TASKS = (
    "new PerformanceObserver((list) => { window.long = (window.long ?? 0) + list.getEntries().length; })"
    + (".observe({type: 'longtask', buffered: true})")
)


def main() -> None:
    """Measure, and print the figures."""
    figures = Figures("widget", ("playwright", "tdewolff-minify", "brotli"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack, _news() as (news, pages):
            engine = make_engine(Settings.from_env(stack.env))
            upgrade(engine)
            with make_sessions(engine)() as session:
                key = add_site(session, "Bench", [news]).site_key
            engine.dispose()
            with servers.ours(stack.env, 8194) as reports, servers.isso(8195) as isso:
                home, peer = reports.removesuffix("/api/v1/reports"), isso.partition("/new")[0]
                pages["/none"] = _page("")
                pages["/ours"] = _page(
                    f'<script async src="{home}/widget.js" data-site-key="{key}"></script>'
                )
                pages["/isso"] = _page(
                    f'<script data-isso="{peer}/" src="{peer}/js/embed.min.js" async></script>'
                    '<section id="isso-thread"></section>'
                )
                with chromium() as browser:
                    _measure(figures, browser, news)
    figures.write()


def _measure(figures: Figures, browser: Browser, news: str) -> None:
    loads = {
        name: [_load(browser, f"{news}/{name}") for _ in range(ROUNDS)] for name in ("none", "ours", "isso")
    }
    ours, isso = loads["ours"][0].scripts, loads["isso"][0].scripts
    figures.add("loader_bytes_brotli", _weight(ours, brotli.compress), "<=1500")
    figures.add("loader_bytes_gzip", _weight(ours, gzip.compress), "<=1500")
    figures.add("isso_bytes_gzip", _weight(isso, gzip.compress))
    figures.add("loader_over_isso_gzip", _weight(ours, gzip.compress) / _weight(isso, gzip.compress), "<=0.1")
    for name, rows in loads.items():
        figures.add(f"{name}_main_thread_ms", median(row.main_thread for row in rows))
        figures.add(f"{name}_script_ms", median(row.script for row in rows))
    added = median(row.long_tasks for row in loads["ours"]) - median(row.long_tasks for row in loads["none"])
    figures.add("long_tasks_added", max(0.0, added), "<=0")
    opened = [_open(browser, f"{news}/ours") for _ in range(ROUNDS)]
    scripts = opened[0][0]
    figures.add("requests_when_open", len(scripts))
    figures.add("bytes_when_open_brotli", _weight(scripts, brotli.compress), "<=9200")
    figures.add("bytes_when_open_gzip", _weight(scripts, gzip.compress))
    figures.add("open_first_ms", median(row[1] for row in opened))
    figures.add("open_again_ms", median(row[2] for row in opened))


def _weight(scripts: set[str], compress: Callable[[bytes], bytes]) -> int:
    """Return the size of the scripts, compressed one by one."""
    total = 0
    for url in scripts:
        with urllib.request.urlopen(url, timeout=10) as answer:
            total += len(compress(answer.read()))
    return total


@dataclass(frozen=True, slots=True)
class Load:
    """URLs of scripts from other origins; times in milliseconds."""

    scripts: set[str]
    main_thread: float
    script: float
    long_tasks: float


def _load(browser: Browser, url: str) -> Load:
    page, scripts, cdp = _fresh(browser)
    page.add_init_script(_LONG_TASKS)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(1000)
    metrics = {row["name"]: row["value"] * 1000 for row in cdp.send("Performance.getMetrics")["metrics"]}
    long = float(page.evaluate("window.long ?? 0"))
    page.context.close()
    return Load(scripts, metrics["TaskDuration"], metrics["ScriptDuration"], long)


_SELECT = """() => {
  const node = document.querySelector("p").firstChild;
  getSelection().setBaseAndExtent(node, 0, node, 10);
  window.pressed = undefined;
  const pressed = () => { window.pressed ??= performance.now(); };
  document.addEventListener("keydown", pressed, {once: true, capture: true});
  window.opened = new Promise((done) =>
    document.addEventListener("corrigenda:open", () => done(performance.now()), {once: true}));
}"""


def _open(browser: Browser, url: str) -> tuple[set[str], float, float]:
    """Return the loaded URLs, and twice the milliseconds from the key press to an open dialog."""
    page, scripts, _ = _fresh(browser)
    page.goto(url, wait_until="load")
    page.wait_for_timeout(500)
    times = []
    for _ in range(2):
        page.evaluate(_SELECT)
        page.keyboard.press("Control+Enter")
        times.append(float(page.evaluate("window.opened.then((at) => at - window.pressed)")))
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
    page.context.close()
    return scripts, times[0], times[1]


def _fresh(browser: Browser) -> tuple[Page, set[str], CDPSession]:
    """Return a page with an empty cache, and the URLs of the scripts and texts that it loads."""
    page = browser.new_context().new_page()
    scripts: set[str] = set()
    page.on(
        "response",
        lambda answer: scripts.add(answer.url) if _is_program(answer) else None,
    )
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable")
    return page, scripts, cdp


def _is_program(answer: Response) -> bool:
    return answer.request.resource_type == "script" or answer.url.endswith(".json")


def _page(script: str) -> str:
    text = "".join(f"<p>{_WORD * 100}</p>" for _ in range(WORDS // 100))
    head = f'<!doctype html><html lang="ru"><meta charset="utf-8"><title>x</title>{script}'
    return f"{head}<article>{text}</article></html>"


@contextmanager
def _news() -> Iterator[tuple[str, dict[str, str]]]:
    """Serve pages of a news site on an origin of its own."""
    pages: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", pages
    server.shutdown()


if __name__ == "__main__":
    main()
