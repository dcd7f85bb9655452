"""The message of a correction, for a commit or the newsroom's own endpoint."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.models import Case, CorrectionApply, Placement, Report

_SHORT = 30
_MOST_COMMENTS = 3
_LONGEST_COMMENT = 300
_REFERENCE = re.compile(r"[#@]|GH-", re.IGNORECASE)
_BREAK = "\u200b"
"""A space without width: behind these signs it ends what a forge reads as an issue or a person."""


def note_for(session: Session, rows: Sequence[CorrectionApply], base_url: str) -> str:
    """A title of about 72 characters, and a paragraph per case: change, readers, comments, editor."""
    first = rows[0]
    verb = "Correct" if first.kind == "apply" else "Revert"
    title = f"{verb} {_short(first.exact)} → {_short(first.correction)}"
    if len(rows) > 1:
        title = f"{verb} {len(rows)} passages"
    return "\n\n".join([title, *(_paragraph(session, row, base_url) for row in rows)])


def _paragraph(session: Session, row: CorrectionApply, base_url: str) -> str:
    case = session.get_one(Case, row.case_id)
    lines = [f"{_plain(row.exact)} → {_plain(row.correction)}"]
    readers = "1 reader" if case.reader_count == 1 else f"{case.reader_count} readers"
    lines.append(f"Reported by {readers}.")
    lines += [f"> {comment}" for comment in _comments(session, case)]
    if row.editor is not None:
        lines.append(f"Accepted by {_plain(row.editor.display_name)}.")
    return "\n".join([*lines, f"Case: {base_url}/desk/cases/{case.id}"])


def _comments(session: Session, case: Case) -> list[str]:
    query = select(Report.comment).join(Placement).where(Placement.case_id == case.id)
    query = query.where(Report.comment.is_not(None), Report.comment != "")
    comments = session.scalars(query.order_by(Report.created_at).limit(_MOST_COMMENTS))
    return [_plain(comment[:_LONGEST_COMMENT]) for comment in comments if comment]


def _short(text: str) -> str:
    text = _line(text)
    return _plain(text if len(text) <= _SHORT else text[: _SHORT - 1] + "…")


def _plain(text: str) -> str:
    """Return the text as one line without mentions and issue numbers: readers write corrections too."""
    return _REFERENCE.sub(rf"\g<0>{_BREAK}", _line(text))


def _line(text: str) -> str:
    """The text as one line: a reader's words cannot add a trailer or a line to a commit."""
    return " ".join(text.split())
