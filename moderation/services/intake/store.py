"""Store reports with their outbox messages, in one transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Engine, LargeBinary, bindparam, select, text, tuple_
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError, IntegrityError

from moderation.models import Report
from moderation.services.intake.draft import Draft, DraftPosition, DraftQuote, Sender, Submission

_encoder = msgspec.json.Encoder()


_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
_PREPARER = _DIALECT.identifier_preparer
_NESTED = ("quote", "position")
_COLUMNS = (
    "id",
    "site_id",
    *(name for name in Draft.__struct_fields__ if name not in _NESTED),
    *DraftQuote.__struct_fields__,
    *DraftPosition.__struct_fields__,
    *(name for name in Sender.__struct_fields__ if name != "reported_at"),
)


class KeyReused(ValueError):
    """The idempotency key belongs to another report."""


def _store_statement() -> str:
    """Build the statement that stores any number of reports and their outbox messages in one round trip.

    A report whose idempotency key exists already is skipped, and so is its message. The columns are the
    fields of the structs in draft.py, with the types of the table. Bytes are sent as base64.
    """
    names, values, types = [], [], []
    for name in _COLUMNS:
        column = Report.__table__.c[name]
        quoted = _PREPARER.quote(name)
        is_bytes = isinstance(column.type, LargeBinary)
        names.append(quoted)
        values.append(f"decode({quoted}, 'base64')" if is_bytes else quoted)
        types.append(f"{quoted} {'text' if is_bytes else column.type.compile(_DIALECT)}")
    return f"""
        WITH sent AS (
            SELECT * FROM json_to_recordset(CAST(:rows AS json))
            AS sent({", ".join(types)}, reported_at timestamptz, request_id text, traceparent text)
        ), stored AS (
            INSERT INTO report ({", ".join(names)}, created_at)
            SELECT {", ".join(values)}, coalesce(reported_at, now())
            FROM sent
            ON CONFLICT DO NOTHING
            RETURNING id, site_id
        ), message AS (
            INSERT INTO outbox_message (topic, subject_id, site_id, request_id, traceparent)
            SELECT 'report.received', stored.id, stored.site_id, sent.request_id, sent.traceparent
            FROM stored JOIN sent ON sent.id = stored.id
        )
        SELECT id FROM stored
    """  # noqa: S608 - names of our own columns


def _row(submission: Submission) -> dict[str, Any]:
    """Return the submission's fields by column."""
    draft = asdict(submission.draft)
    row = {"id": submission.id, "site_id": submission.site_id, **asdict(submission.sender)}
    row["request_id"], row["traceparent"] = submission.origin.request_id, submission.origin.traceparent
    for nested in _NESTED:
        part = draft.pop(nested)
        if part is not None:
            row.update(asdict(part))
    return row | draft


_STORE = text(_store_statement())
_FIRST = select(Report.id, Report.site_id, Report.idempotency_key, Report.body_digest).where(
    tuple_(Report.site_id, Report.idempotency_key).in_(bindparam("keys", expanding=True))
    | Report.id.in_(bindparam("ids", expanding=True))
)


def store(engine: Engine, submissions: Sequence[Submission]) -> list[UUID | KeyReused]:
    """Store the reports and their outbox messages in one transaction.

    Returns one result per report: its id, or the id of an earlier report with the same idempotency key and
    the same body, or KeyReused if that body was different. If the database refuses a row (its site was
    deleted), the other rows are stored. Raises DBAPIError.
    """
    try:
        return _store_together(engine, submissions)
    except IntegrityError:
        if len(submissions) == 1:
            raise
        return [result for submission in submissions for result in store(engine, [submission])]
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        # The database was restarted under a pooled connection. A second attempt is safe even if the commit
        # succeeded, because the ids are the same.
        return _store_together(engine, submissions)


def _store_together(engine: Engine, submissions: Sequence[Submission]) -> list[UUID | KeyReused]:
    rows = _encoder.encode([_row(submission) for submission in submissions]).decode()
    with engine.begin() as connection:
        stored = set(connection.execute(_STORE, {"rows": rows}).scalars())
        repeated = [submission for submission in submissions if submission.id not in stored]
        first: dict[Any, Any] = {}
        if repeated:
            keys = [(submission.site_id, submission.sender.idempotency_key) for submission in repeated]
            ids = [submission.id for submission in repeated]
            for row in connection.execute(_FIRST, {"keys": keys, "ids": ids}):
                first[row.site_id, row.idempotency_key] = first[row.id] = row
    return [
        submission.id if submission.id in stored else _answer_again(submission, first)
        for submission in submissions
    ]


def _answer_again(submission: Submission, first: dict[Any, Any]) -> UUID | KeyReused:
    row = first.get(submission.id) or first[submission.site_id, submission.sender.idempotency_key]
    if row.body_digest != submission.sender.body_digest:
        return KeyReused()
    return row.id  # type: ignore[no-any-return]
