"""Break cases and decisions down: by kind, by pair, by reason, by how often the speller was right."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, null, select

from moderation.models import Case, Decision, Suggestion
from moderation.models.tally import Figure

WORDS_LENGTH = 60
"""Characters of a pair's texts in a key."""
REASON_LENGTH = 200
PAIR_SEPARATOR = " "
"""Stands between the digest of a pair and its words."""

Rows = Select[Any]


def breakdowns(cases: Rows, steps: Rows) -> Iterable[tuple[Figure, Any, Rows]]:
    """Yield figures as services/insight/tally.py counts them: name, key, rows.

    `cases` were first reported on the day. `steps` are the day's decisions, joined with their cases.
    """
    yield "kind", func.coalesce(Case.kind, ""), cases
    yield "pair", _pair_key(), cases.where(Case.pair.is_not(None))
    from_open = steps.where(Decision.old_status == "open")
    rejected = from_open.where(Decision.new_status == "rejected", Decision.editor_id.is_not(None))
    yield "reason", func.left(func.coalesce(Decision.reason, ""), REASON_LENGTH), rejected
    yield "speller", _speller_key(), from_open.where(exists(_by_speller()))


def _pair_key() -> ColumnElement[str]:
    """The digest in hex, then the words."""
    best = (
        select(Suggestion.text)
        .where(Suggestion.case_id == Case.id)
        .order_by(Suggestion.votes.desc(), Suggestion.confidence.desc().nulls_last(), Suggestion.id)
        .limit(1)
        .scalar_subquery()
    )
    words = func.concat(
        func.left(Case.exact, WORDS_LENGTH),
        " → ",
        func.left(func.coalesce(Case.correction, best), WORDS_LENGTH),
    )
    key: ColumnElement[str] = func.concat(func.encode(Case.pair, "hex"), PAIR_SEPARATOR, words)
    return key


def _speller_key() -> ColumnElement[str | None]:
    """The outcome of a case that the speller had a suggestion for. NULL for spam: its text was not judged."""
    correct = func.coalesce(Decision.correction, Case.mended_text)
    is_right = exists(_by_speller().where(Suggestion.text == correct))
    return case(
        (Decision.new_status.in_(("accepted", "fixed")) & is_right, "right"),
        (Decision.new_status.in_(("accepted", "fixed")), "other"),
        (Decision.new_status == "rejected", "rejected"),
        else_=null(),
    )


def _by_speller() -> Rows:
    return select(Suggestion.id).where(Suggestion.case_id == Case.id, Suggestion.source == "speller")
