"""Invariant: a case shows what its selections say. Showing it again changes nothing."""

from typing import Any

from sqlalchemy.orm import Session

from moderation.models import Case, Page
from moderation.services.triage.load_page import load, load_cases
from moderation.services.triage.show import show
from tests.support.history.snapshot import Snapshot


def check_shown(session: Session, snapshot: Snapshot) -> None:
    """Passages and votes of the open cases. The session is rolled back."""
    pages = [session.get_one(Page, page.id) for page in snapshot.pages.values()]
    if not pages:
        return
    with session.no_autoflush:
        loaded = load(session, sorted(pages, key=lambda page: page.id))
        ids = {case_id for one in loaded for case_id, facts in one.facts.items() if facts.status == "open"}
        load_cases(session, loaded, ids)
        for on_page in loaded:
            on_page.locate()
            for case in on_page.cases.values():
                if on_page.text is None and case.state != "unchecked":
                    continue  # a page that no case needs for a while keeps no text
                before = _of(case)
                show(session, on_page, case)
                assert before == _of(case), f"shown: {before} instead of {_of(case)}"
    session.rollback()


def _of(case: Case) -> tuple[Any, ...]:
    votes = sorted((one.text, one.votes) for one in case.suggestions if one.source == "reader")
    passage = case.exact, case.prefix, case.suffix, case.state, case.start, case.end
    return case.version, passage, votes, case.correction_count, case.fingerprint
