"""Check that reports of real pages find the right passage: `python -m benchmarks.pages` (see `options.py`).

Chromium opens every page of the folder (default: our own awkward pages) with the widget. The benchmark
reports words all over the page and planted mistakes. Then it corrects half of the mistakes, then all of them.
Beside that it compares many selections of these pages and of generated ones without the dialog.
"""

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy.orm import Session, sessionmaker

from benchmarks import servers
from benchmarks.chromium import chromium
from benchmarks.figures import Figures, share
from benchmarks.pages.judging import Judged, judge, recheck_all, statuses
from benchmarks.pages.options import Options
from benchmarks.pages.quoting import compare
from benchmarks.pages.selecting import Attempt, embed, report_text, report_words
from benchmarks.pages.serving import SavedPage, news_site
from moderation.database import make_engine, make_sessions
from moderation.domain.pages.decoding import decode
from moderation.domain.sites.settings import SiteSettings
from moderation.models import Site
from moderation.services.instance.migrate import upgrade
from moderation.services.outbox.jobs import make_relay
from moderation.services.sites.add import add_site
from moderation.settings import Settings
from moderation.standalone.stack import open_stack

MISTAKES = 4
_PORT = 8196


def main() -> None:
    """Print every figure."""
    options = Options.from_env()
    pages = options.saved()
    if not pages:
        raise SystemExit(
            f"{options.folder} holds no HTML page. Name a folder of saved pages: make bench-pages PAGES=…"
        )
    figures = Figures("pages", ("playwright", "lxml", "rapidfuzz"))
    _compare_quotes(figures, "saved", pages, options)
    _compare_quotes(figures, "generated", options.news(), options)
    for page in pages:
        page.plant(MISTAKES)
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            engine = make_engine(Settings.from_env(stack.env))
            upgrade(engine)
            sessions = make_sessions(engine)
            with servers.ours(stack.env, _PORT) as reports:
                home = reports.removesuffix("/api/v1/reports")
                _measure(figures, sessions, pages, home, options.dialogs)
            engine.dispose()
    figures.write()


def _compare_quotes(figures: Figures, label: str, pages: Sequence[SavedPage], options: Options) -> None:
    """Compare what the widget reads with the server's text, for many selections per page."""
    compared = crossing = equal = wrong = 0
    with news_site(pages, "") as origin, chromium() as browser:
        page = browser.new_page()
        for saved in pages:
            page.goto(f"{origin}/{saved.name}", wait_until="domcontentloaded")
            seed = f"{options.seed} {saved.name}"
            done = compare(page, origin, decode(saved.raw, None), options.quotes, seed)
            for one in done.wrong:
                print(f"  {saved.name}: {one.selected[:80]!r} is found as {one.found and one.found[:80]!r}")
            compared += done.compared
            crossing += done.crossing
            equal += done.equal
            wrong += len(done.wrong)
    figures.add(f"{label}_pages", len(pages))
    figures.add(f"{label}_quotes", compared)
    figures.add(f"{label}_quotes_across_the_articles_edge", crossing)
    figures.add(f"{label}_quotes_at_an_equal_place", equal)
    figures.add(f"{label}_quotes_right_place", 1 - wrong / max(1, compared), ">=0.995")


def _measure(
    figures: Figures, sessions: sessionmaker[Session], pages: Sequence[SavedPage], home: str, dialogs: int
) -> None:
    with news_site(pages, home) as origin, chromium() as browser:
        with sessions() as session:
            site = add_site(session, "Bench", [origin])
            key = site.site_key
            session.get_one(Site, site.id).settings = SiteSettings(fetch_pause=0.1)
            session.commit()
        attempts = {
            page.name: _report_page(browser, page, f"{origin}/{page.name}", (home, key), dialogs)
            for page in pages
        }
        make_relay(sessions, lambda: datetime.now(UTC)).drain()
        recheck_all(sessions, origin)
        judged = {page.name: judge(sessions, f"{origin}/{page.name}", attempts[page.name]) for page in pages}
        _figures_of_places(figures, attempts, judged)
        for label, chosen in (("half", slice(None, None, 2)), ("all", slice(None))):
            for page in pages:
                page.mended = {mistake.wrong for mistake in page.planted[chosen]}
            recheck_all(sessions, origin)
            _figures_of_mending(figures, sessions, pages, judged, label)


def _report_page(
    browser: Browser, saved: SavedPage, url: str, service: tuple[str, str], count: int
) -> list[Attempt]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(url, wait_until="domcontentloaded")
    embed(page, *service)
    planted = [report_text(page, mistake.wrong) for mistake in saved.planted]
    words = list(report_words(page, count, saved.name))
    context.close()
    attempts = [
        Attempt(attempt.expected, attempt.opened, attempt.sent, mistake.wrong)
        for attempt, mistake in zip(planted, saved.planted, strict=True)
        if attempt is not None
    ]
    print(
        f"  {saved.name}: {sum(one.sent for one in attempts + words)} of {len(attempts + words)} sent",
        flush=True,
    )
    return attempts + words


def _figures_of_places(
    figures: Figures, attempts: dict[str, list[Attempt]], judged: dict[str, list[Judged]]
) -> None:
    every = [attempt for on_page in attempts.values() for attempt in on_page]
    reports = [report for on_page in judged.values() for report in on_page]
    for name, on_page in judged.items():
        for report in on_page:
            if not report.is_right:
                print(f"  {name}: {report.selected!r} ended as {report.ended!r}")
    figures.add("selections", len(every))
    figures.add("dialog_opened", share([attempt.opened for attempt in every]), ">=1")
    figures.add("sent", share([attempt.sent for attempt in every]), ">=1")
    reportable = [bool(on_page) and all(one.opened for one in on_page) for on_page in attempts.values()]
    figures.add("pages_reportable", share(reportable), ">=1")
    figures.add("right_place", share([report.is_right for report in reports]), ">=0.995")
    figures.add("in_no_case", sum(report.case_id is None for report in reports), "<=0")
    figures.add(
        "pages_not_read", sum(any(one.is_unread for one in on_page) for on_page in judged.values()), "<=0"
    )


def _figures_of_mending(
    figures: Figures,
    sessions: sessionmaker[Session],
    pages: Sequence[SavedPage],
    judged: dict[str, list[Judged]],
    label: str,
) -> None:
    fixed, closed_too_soon = [], 0
    for page in pages:
        mistakes = [report for report in judged[page.name] if report.wrong and report.case_id]
        now = statuses(sessions, [report.case_id for report in mistakes if report.case_id])
        for report in mistakes:
            is_fixed = report.case_id is not None and now.get(report.case_id) == "fixed"
            if report.wrong in page.mended:
                fixed.append(is_fixed)
            elif is_fixed:
                closed_too_soon += 1
            if is_fixed != (report.wrong in page.mended):
                print(f"  {page.name}: {report.wrong!r} is {'' if is_fixed else 'not '}closed ({label})")
    figures.add(f"mended_{label}_seen", share(fixed), ">=0.98")
    figures.add(f"closed_while_still_there_{label}", closed_too_soon, "<=0")


if __name__ == "__main__":
    main()
