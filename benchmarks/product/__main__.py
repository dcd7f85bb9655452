"""Measure suggestions and detected fixes as editors see them: `make bench-product TYPOS=folder`.

Five readers report each mistake without a correction, over the API. The worker reads the pages, an editor
accepts every case, half of the mistakes are fixed, and the worker reads the pages again. Beside each figure
stands what the parts do with the same mistakes (`_parts`): the product may lose at most 2 points.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figures, share
from benchmarks.product.front_door import FrontDoor, replaced
from benchmarks.product.pages import MistakenPage, page_text, pages_of
from benchmarks.product.parts import seen_mended, sure_suggestions
from moderation.domain.spelling.languages import LANGUAGES
from tests.support.running import Running
from tests.support.web import serve

_LOST = 0.02


def main() -> None:
    """Print every figure."""
    share_of_pages = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    pages = [page for lang in LANGUAGES for page in pages_of(lang) if page.mistakes]
    pages = pages[:: max(1, round(1 / share_of_pages))]
    figures = Figures("product", ("rapidfuzz", "pymorphy3", "spylls", "celery"))
    with tempfile.TemporaryDirectory(prefix="corrigenda-product-") as directory, serve() as web:
        Path(directory).chmod(0o755)
        running = Running(
            Path(directory) / "data", "--no-demo", CORRIGENDA_PRIVATE_HOSTS=web.host,
            CORRIGENDA_READER_LIMIT="", CORRIGENDA_SITE_LIMIT="",
        )  # fmt: skip
        try:
            running.await_line(r"^ready http://", 240)
            front_door = FrontDoor(running, web)
            front_door.open()
            _measure(figures, front_door, pages)
        finally:
            running.stop(seconds=60)
    figures.write()


def _measure(figures: Figures, front_door: FrontDoor, pages: list[MistakenPage]) -> None:
    front_door.publish(pages, mended=False)
    front_door.report(pages)
    for lang in LANGUAGES:
        _suggestions(figures, front_door, lang, [page for page in pages if page.lang == lang])
    front_door.accept()
    front_door.publish(pages, mended=True)
    front_door.read_again(pages)
    for lang in LANGUAGES:
        _mended(figures, front_door, lang, [page for page in pages if page.lang == lang])


def _suggestions(figures: Figures, front_door: FrontDoor, lang: str, pages: list[MistakenPage]) -> None:
    case_ids, cases = front_door.case_ids(), front_door.cases()
    parts: list[bool | None] = []
    product: list[bool | None] = []
    for page in pages:
        for number, (mistake, by_parts) in enumerate(zip(page.mistakes, sure_suggestions(page), strict=True)):
            if mistake.kind != "spelling":
                continue
            case = cases[case_ids[page.path, number]]
            sure = [one["text"] for one in case["suggestions"] if one["source"] == "speller"]
            product.append(replaced(page, mistake, case, sure[0]) if sure else None)
            parts.append(by_parts)
            if product[-1] != by_parts:
                print(f"  {page.path} {page.text[mistake.start : mistake.end]!r} → {mistake.right!r}: "
                      f"parts {by_parts}, product {product[-1]}, shown {case['passage']['exact']!r} "
                      f"{case['passage']['state']} {sure}")  # fmt: skip
    figures.add(f"{lang}_spelling_mistakes", len(product))
    for name, rows in (("_parts", parts), ("", product)):
        shown = [right for right in rows if right is not None]
        lost = f">={_coverage(parts) - _LOST:.4f}" if not name else None
        figures.add(f"{lang}_sure_suggestion{name}", _coverage(rows), lost)
        figures.add(f"{lang}_sure_suggestion_right{name}", share(shown), None if name else ">=0.9")


def _coverage(rows: list[bool | None]) -> float:
    return share([right is not None for right in rows])


def _mended(figures: Figures, front_door: FrontDoor, lang: str, pages: list[MistakenPage]) -> None:
    case_ids, cases = front_door.case_ids(), front_door.cases()
    seen, parts, closed = [], [], 0
    for page in pages:
        by_parts = seen_mended(page, page_text(page.published(mended=True), lang))
        for number, mistake in enumerate(page.mistakes):
            case = cases[case_ids[page.path, number]]
            is_fixed = case["status"] == "fixed"
            if number % 2:
                closed += is_fixed
            else:
                seen.append(is_fixed)
                parts.append(by_parts[number])
            if is_fixed == bool(number % 2):
                print(f"  {page.path} {page.text[mistake.start : mistake.end]!r} → {mistake.right!r}: "
                      f"{case['status']}, correction {case['correction']!r}, parts {by_parts[number]}, "
                      f"shown {case['passage']['exact']!r} {case['passage']['state']}")  # fmt: skip
    figures.add(f"{lang}_mended_seen_parts", share(parts))
    figures.add(f"{lang}_mended_seen", share(seen), f">={share(parts) - _LOST:.4f}")
    figures.add(f"{lang}_closed_while_still_there", closed, "<=0")


if __name__ == "__main__":
    main()
