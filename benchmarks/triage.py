"""Placed reports per second of one worker process, also with suggestions and on a case with many reports.

No page is fetched: triage uses the reports' contexts. The worker's memory is the memory of this process with
both dictionaries, before it reads benchmark data.
"""

import random
import resource
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from uuid import UUID

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from benchmarks.figures import Figures
from benchmarks.triage_pages import hostile, many_selections, one_letter
from benchmarks.triage_subscribers import with_subscribers
from benchmarks.typos import Case, folder, has_real, read
from moderation.database import make_engine, make_sessions
from moderation.domain.cases.spam import judge
from moderation.domain.spelling.languages import LANGUAGES
from moderation.models import OutboxMessage, Report, Site, SpamWord
from moderation.services.cases.spam_model import SpamModel, learn_text
from moderation.services.instance.migrate import upgrade
from moderation.services.outbox.jobs import make_relay
from moderation.services.sites.add import add_site
from moderation.services.triage.dictionaries import lexicon
from moderation.services.triage.place import place
from moderation.settings import Settings
from moderation.standalone.stack import open_stack

ROUNDS = 4


def main() -> None:
    """Fill the database, drain the outbox, and print the figures."""
    print("typos: " + (f"real, from {folder()}" if has_real() else "our own"), flush=True)
    figures = Figures("triage", ("sqlalchemy", "psycopg", "rapidfuzz"))
    for lang in LANGUAGES:
        lexicon(lang)
    figures.add(
        "worker_mb_with_both_languages", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "<=300"
    )
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            engine = make_engine(Settings.from_env(stack.env))
            upgrade(engine)
            with make_sessions(engine)() as session:
                site = add_site(session, "Bench", ["https://news.example"])
                _throughput(figures, engine, session, site)
                with_subscribers(figures, stack.env, engine, session, lambda *to: _fill(session, *to))
                _with_suggestions(figures, session, site)
                _crowded(figures, session, site)
                many_selections(figures, session, site)
                one_letter(figures)
                hostile(figures, engine, session, site)
                _learning(figures, session, site)
            engine.dispose()
    figures.write()


def _throughput(figures: Figures, engine: Engine, session: Session, site: Site) -> None:
    """Three readers report every mistake on its page. The outbox is drained as in the worker."""
    rates = []
    for number in range(ROUNDS):
        _fill(session, site, f"r{number}")
        began = time.perf_counter()
        done = make_relay(make_sessions(engine), lambda: datetime.now(UTC)).drain()
        rates.append(done / (time.perf_counter() - began))
        print(f"  {done} reports, {rates[-1]:.0f}/s", flush=True)
    figures.add("reports_per_second", median(rates), ">=400")


def _fill(session: Session, site: Site, folder_name: str) -> None:
    """Store three reports of every mistake on its page, with their outbox messages."""
    for case in (case for lang in LANGUAGES for case in read(lang)):
        for _ in range(3):
            page = f"{folder_name}/{case.page}"
            _report(session, site, case, page=page, correction=case.right, message=True)
    session.commit()


def _with_suggestions(figures: Figures, session: Session, site: Site) -> None:
    """Place reports without corrections, each on a different page, so that the speller runs for every report.

    They are placed in batches, as in the worker, and one by one, where each cost includes a commit.
    """
    cases = list(read("ru"))
    for size, target in ((50, "<=5"), (1, None)):
        taken = []
        for first in range(0, len(cases), size):
            batch = cases[first : first + size]
            ids = [
                _report(session, site, case, page=f"alone/{size}/{first + at}", correction=None)
                for at, case in enumerate(batch)
            ]
            session.commit()
            taken.append(_timed(session, ids) / len(ids))
        figures.add(f"report_with_suggestion_ms_in_batches_of_{size}", median(taken), target)


def _crowded(figures: Figures, session: Session, site: Site) -> None:
    """Add a report to a case with 10 reports and to one with 10,000, in turn: a busy machine slows both."""
    case = next(iter(read("ru")))
    sizes = (10, 10_000)
    for size in sizes:
        for first in range(0, size, 500):
            ids = [
                _report(session, site, case, page=f"crowd/{size}", correction=case.right)
                for _ in range(min(500, size - first))
            ]
            session.commit()
            place(session, ids, datetime.now(UTC))
            session.commit()
    cost: dict[int, list[float]] = {size: [] for size in sizes}
    for _ in range(150):
        for size in sizes:
            report = _report(session, site, case, page=f"crowd/{size}", correction=case.right)
            session.commit()
            cost[size].append(_timed(session, [report]))
    for size in sizes:
        figures.add(f"report_on_a_case_with_{size}_ms", median(cost[size]))
    figures.add("cost_with_10000_over_cost_with_10", median(cost[10_000]) / median(cost[10]), "<=1.2")


_ADVERTS = (
    "дешёвые чемоданы оптом со склада", "ремонт квартир недорого звоните", "кредит без справок за час",
    "казино бонус без депозита", "cheap watches best replica", "earn money from home today",
    "купить диплом срочно недорого", "окна двери балконы скидка",
)  # fmt: skip
_COMMENTS = (
    "пропущена буква в слове", "лишняя запятая здесь", "тут опечатка, проверьте", "слово повторяется дважды",
    "there is a typo here", "the word is spelled wrong", "нужна другая форма слова", "ошибка в фамилии",
)  # fmt: skip


def _learning(figures: Figures, session: Session, site: Site) -> None:
    """Measure the effect of editors' decisions on the spam score of new texts.

    The texts are advertisements without a link, and readers' comments. Half of each is for learning, half for
    the test.
    """
    picked = random.Random(5)

    def some(texts: tuple[str, ...]) -> list[str]:
        words = " ".join(texts).split()
        return [" ".join(picked.sample(words, 5)) for _ in range(60)]

    spam, ham = some(_ADVERTS), some(_COMMENTS)
    for decisions in (0, 5, 30):
        session.execute(delete(SpamWord))
        for texts, is_spam in ((spam, True), (ham, False)):
            for text in texts[:decisions]:
                learn_text(session, site.id, text, spam=is_spam)
        session.commit()
        model = SpamModel.load(session, site.id, spam + ham)
        scores = [
            [
                judge(
                    correction=None, comment=t, reader_reports=1, on_page=True, learned=model.score(t)
                ).score
                for t in half
            ]
            for half in (spam[30:], ham[30:])
        ]
        caught, wronged = (sum(score >= 0.8 for score in half) / len(half) for half in scores)
        figures.add(f"spam_caught_after_{decisions}_decisions_each", caught)
        figures.add(f"readers_taken_for_spam_after_{decisions}_decisions_each", wronged, "<=0.02")


def _timed(session: Session, ids: list[UUID]) -> float:
    session.expunge_all()
    began = time.perf_counter()
    place(session, ids, datetime.now(UTC))
    session.commit()
    return (time.perf_counter() - began) * 1000


def _report(
    session: Session, site: Site, case: Case, *, page: str, correction: str | None, message: bool = False
) -> UUID:
    wanted = case.quote()
    report = Report(
        id=uuid7(), site_id=site.id, url=f"https://news.example/{page}", exact=wanted.exact or " ",
        prefix=wanted.prefix, suffix=wanted.suffix, start=case.start, end=case.end, correction=correction,
        reader_hash=uuid7().bytes,
    )  # fmt: skip
    session.add(report)
    if message:
        session.add(OutboxMessage(topic="report.received", subject_id=report.id))
    return report.id


if __name__ == "__main__":
    main()
