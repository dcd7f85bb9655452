"""Cases as files: CSV for tables, JSON Lines for programs, W3C Web Annotations for everything else.

Written as they are read, a part at a time: a file of any size needs the memory of one part.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal
from uuid import UUID

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from moderation.models import Case
from moderation.services.cases.filter import Filter, matching
from moderation.services.cases.representation import CaseOut

Format = Literal["csv", "jsonl", "jsonld"]
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl; charset=utf-8",
    "jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}
_PART = 500
# A spreadsheet runs a cell as a formula if it begins so (OWASP, "CSV Injection"). With another separator (";"
# in Russian Excel, a tab) or without quotes a cell also begins inside a value. Full-width signs count too.
_FORMULA = re.compile(r"(^[ \u00a0\"']*|[;\t\r\n][ \u00a0\"']*|,[\"']*)(?=[=+\-@\t\r＝＋－＠])")
_COLUMNS: dict[str, Callable[[Case], object]] = {
    "id": lambda case: case.id,
    "site": lambda case: case.site.name,
    "status": lambda case: case.status,
    "url": lambda case: case.page.url,
    "title": lambda case: case.page.title,
    "authors": lambda case: ", ".join(case.page.authors),
    "section": lambda case: case.page.section,
    "passage": lambda case: case.exact,
    "before": lambda case: case.prefix,
    "after": lambda case: case.suffix,
    "correction": lambda case: case.correction,
    "suggestion": lambda case: case.suggested,
    "other_corrections": lambda case: case.other_corrections,
    "kind": lambda case: case.kind,
    "lang": lambda case: case.lang,
    "reports": lambda case: case.report_count,
    "readers": lambda case: case.reader_count,
    "first_reported_at": lambda case: case.first_reported_at.isoformat(),
    "decided_at": lambda case: case.decided_at and case.decided_at.isoformat(),
    "fixed_at": lambda case: case.fixed_at and case.fixed_at.isoformat(),
}


def export(
    sessions: Callable[[], Session],
    sites: Sequence[UUID],
    wanted: Filter,
    format_: Format,
    *,
    bom: bool = False,
) -> Iterator[bytes]:
    """The cases of these sites that match, oldest first, as a file in parts. Raises InvalidUrl at once.

    The parts are read in a session of their own, which ends with the last part, or with who stops asking for
    them. `bom` marks a CSV file as UTF-8 for spreadsheets that guess.
    """
    query = select(Case).where(Case.site_id.in_(sites), *matching(wanted)).order_by(Case.id).limit(_PART)
    query = query.options(joinedload(Case.page), joinedload(Case.site), selectinload(Case.suggestions))
    cases = _parts(sessions, query)
    if format_ == "csv":
        return _csv(cases, bom=bom)
    if format_ == "jsonl":
        return (b"".join(msgspec.json.encode(CaseOut.of(case)) + b"\n" for case in part) for part in cases)
    return _jsonld(cases)


def _parts(sessions: Callable[[], Session], query: Select[Case]) -> Iterator[list[Case]]:
    with sessions() as session:
        after: UUID | None = None
        while part := list(session.scalars(query.where(Case.id > after) if after else query)):
            after = part[-1].id
            yield part
            session.expunge_all()  # what was written is not needed any more


def _csv(parts: Iterable[list[Case]], *, bom: bool) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" * bom + csv_rows([list(_COLUMNS)])
    for part in parts:
        yield csv_rows([[column(case) for column in _COLUMNS.values()] for case in part])


def csv_rows(rows: Iterable[Iterable[object]]) -> bytes:
    """Rows as CSV in which no cell is a formula (RFC 4180)."""
    file = io.StringIO()
    csv.writer(file).writerows([_cell(value) for value in row] for row in rows)
    return file.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return str(value)
    return _FORMULA.sub(r"\1'", "" if value is None else str(value))


def _jsonld(parts: Iterable[list[Case]]) -> Iterator[bytes]:
    """One AnnotationCollection with one page (W3C Web Annotation Data Model, 5)."""
    yield (
        b'{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection",'
        b'"first":{"type":"AnnotationPage","items":[\n'
    )
    first = True
    for part in parts:
        lines = b",\n".join(msgspec.json.encode(_annotation(case)) for case in part)
        yield lines if first else b",\n" + lines
        first = False
    yield b"\n]}}\n"


def _annotation(case: Case) -> dict[str, Any]:
    selectors: list[dict[str, Any]] = [
        {"type": "TextQuoteSelector", "exact": case.exact, "prefix": case.prefix, "suffix": case.suffix}
    ]
    if case.start is not None and case.end is not None:
        selectors.append({"type": "TextPositionSelector", "start": case.start, "end": case.end})
    body = None
    if case.replacement is not None:
        body = {"type": "TextualBody", "value": case.replacement, "purpose": "editing"}
    return {
        "id": f"urn:uuid:{case.id}",
        "type": "Annotation",
        "motivation": "editing",
        "created": case.first_reported_at,
        "modified": case.changed_at,
        **({"body": body | ({"language": case.lang} if case.lang else {})} if body else {}),
        "target": {"source": case.page.url, "selector": selectors},
    }
