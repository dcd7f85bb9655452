"""The cost of a report on a page with many selections, and beside a hostile page of another site."""

import random
import re
import time
from datetime import UTC, datetime
from statistics import median
from threading import Event, Thread
from uuid import UUID

from sqlalchemy import Engine, exists, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from benchmarks.figures import Figures
from moderation.database import make_sessions
from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote
from moderation.models import OutboxMessage, Placement, Report, Site
from moderation.services.outbox.jobs import make_relay
from moderation.services.sites.add import add_site
from moderation.services.triage.place import place

_LONGEST_RUN = 1_000


def many_selections(figures: Figures, session: Session, site: Site) -> None:
    """Place new selections on a page with 20 others and on one with 2,000, in batches as in the worker."""
    sizes, batch = (20, 2_000), 50
    text = " ".join(f"слово{n} стоит здесь рядом с другими" for n in range(2_200))
    places = [found.start() for found in re.finditer(r"слово\d+", text)]

    def send(size: int, number: int) -> UUID:
        start = places[number]
        end = text.index(" ", start)
        return _send(session, site, f"many/{size}", text, (start, end))

    for size in sizes:
        for first in range(0, size, batch):
            ids = [send(size, number) for number in range(first, min(size, first + batch))]
            session.commit()
            _timed(session, ids)
    cost: dict[int, list[float]] = {size: [] for size in sizes}
    for turn in range(4):
        for size in sizes:
            ids = [send(size, 2_000 + turn * batch + number) for number in range(batch)]
            session.commit()
            cost[size].append(_timed(session, ids) / batch)
    for size in sizes:
        figures.add(f"report_on_a_page_with_{size}_selections_ms", median(cost[size]))
    figures.add("cost_with_2000_selections_over_20", median(cost[2_000]) / median(cost[20]), "<=3")


def one_letter(figures: Figures) -> None:
    """Find 250 long selections, half of them mended, on a page of one letter a million times."""
    page = PageText("а" * 1_000_000)
    began = time.process_time()
    for length in range(740, 990, 2):
        for exact in ("а" * length, "а" * length + "я"):
            page.find(Quote(exact, "а" * 200, "а" * 200), length)
    figures.add("seconds_to_find_250_selections_on_a_page_of_one_letter", time.process_time() - began, "<=2")


def hostile(figures: Figures, engine: Engine, session: Session, site: Site) -> None:
    """Measure the wait of another site's reader while hostile reports of three kinds are placed."""
    other = add_site(session, "Other", ["https://other.example"])
    for send in (_send_overlapping, _send_gibberish, _send_long_words):
        send(session, site)
    session.commit()
    waited: list[float] = []
    stop = Event()

    def sample() -> None:
        with make_sessions(engine)() as opened:
            while not stop.is_set():
                text = f"Мэр расказал на встрече о плане номер {len(waited)}"
                report = _send(opened, other, f"calm/{len(waited)}", text, (4, 12), message=True)
                opened.commit()
                began = time.perf_counter()
                placed = select(exists().where(Placement.report_id == report))
                while not opened.scalar(placed) and time.perf_counter() - began < 60:
                    opened.rollback()
                    time.sleep(0.01)
                waited.append(time.perf_counter() - began)
                opened.rollback()

    reader = Thread(target=sample)
    reader.start()
    relay = make_relay(make_sessions(engine), lambda: datetime.now(UTC))
    began = time.perf_counter()
    done = relay.drain()
    figures.add("hostile_reports_per_second", done / (time.perf_counter() - began))
    stop.set()
    relay.drain()
    while reader.is_alive():
        relay.drain()
        reader.join(0.05)
    figures.add("reports_of_another_site_beside_hostile_pages", len(waited))
    figures.add("slowest_report_of_another_site_beside_hostile_pages_s", max(waited), "<=1")


_PICKED = random.Random(3)


def _random_text(alphabet: str, letters: int, words: int) -> str:
    return " ".join("".join(_PICKED.choices(alphabet, k=letters)) for _ in range(words))


def _send_overlapping(session: Session, site: Site) -> None:
    """600 quotes of one page that overlap, each of 1,400 characters with its contexts."""
    text = _random_text("абвгдежзик", 7, 3_000)
    for number in range(600):
        start = number * 20
        _send(session, site, "hostile", text, (start, start + 1_000), context=200, message=True)


def _send_gibberish(session: Session, site: Site) -> None:
    """200 different quotes, corrections and comments of random words on one page."""
    for _ in range(200):
        text = _random_text("abcdfgh", 5, 240)
        written = {"correction": _random_text("bcdfg", 6, 140), "comment": _random_text("bcdfg", 6, 280)}
        _send(session, site, "gibberish", text, (200, 1_200), context=200, message=True, **written)


def _send_long_words(session: Session, site: Site) -> None:
    """200 passages of random words, each on a page of its own, so that the speller runs for each."""
    for number in range(200):
        text = _random_text("абвгдежз", (_LONGEST_RUN, 60, 8)[number % 3], (1, 12, 100)[number % 3])
        _send(session, site, f"words/{number}", text, (0, len(text)), message=True)


def _send(
    session: Session, site: Site, page: str, text: str, span: tuple[int, int], *, context: int = 64,
    message: bool = False, **written: str,
) -> UUID:  # fmt: skip
    start, end = span
    report = Report(
        id=uuid7(), site_id=site.id, url=f"https://news.example/{page}", exact=text[start:end],
        prefix=text[max(0, start - context) : start], suffix=text[end : end + context], start=start, end=end,
        reader_hash=uuid7().bytes, **written,
    )  # fmt: skip
    session.add(report)
    if message:
        session.add(OutboxMessage(topic="report.received", subject_id=report.id, site_id=site.id))
    return report.id


def _timed(session: Session, ids: list[UUID]) -> float:
    """Return the milliseconds that placing the reports takes."""
    session.expunge_all()
    began = time.perf_counter()
    place(session, ids, datetime.now(UTC))
    session.commit()
    return (time.perf_counter() - began) * 1000
