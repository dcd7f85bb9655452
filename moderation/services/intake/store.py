"""A reader's report comes in: stored with its outbox message, or refused, never half of it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Engine, bindparam, select, text, tuple_
from sqlalchemy.exc import DBAPIError, IntegrityError

from moderation.models import Report
from moderation.models.report import Kind


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One checked report, ready to be stored. Lengths are in code points, bytes travel as base64."""

    id: UUID
    site_id: UUID
    url: str
    exact: str
    prefix: str
    suffix: str
    start: int | None
    end: int | None
    correction: str | None
    comment: str | None
    kind: Kind | None
    title: str | None
    lang: str | None
    reader_hash: bytes
    idempotency_key: str | None
    body_digest: bytes


class KeyReused(ValueError):
    """The idempotency key belongs to another report."""


# One statement, so that one round trip stores any number of reports with their messages. A report whose
# idempotency key is taken is left out, and so is its message.
_STORE = text(
    """
    WITH stored AS (
        INSERT INTO report (id, site_id, url, exact, prefix, suffix, start, "end", correction, comment,
                            kind, title, lang, reader_hash, idempotency_key, body_digest)
        SELECT id, site_id, url, exact, prefix, suffix, start, "end", correction, comment,
               kind, title, lang, decode(reader_hash, 'base64'), idempotency_key,
               decode(body_digest, 'base64')
        FROM json_to_recordset(CAST(:rows AS json)) AS sent(
            id uuid, site_id uuid, url text, exact text, prefix text, suffix text, start int, "end" int,
            correction text, comment text, kind text, title text, lang text, reader_hash text,
            idempotency_key text, body_digest text)
        ON CONFLICT DO NOTHING
        RETURNING id, site_id
    ), message AS (
        INSERT INTO outbox_message (topic, subject_id, site_id)
        SELECT 'report.received', id, site_id FROM stored
    )
    SELECT id FROM stored
    """
)
_FIRST = select(Report.id, Report.site_id, Report.idempotency_key, Report.body_digest).where(
    tuple_(Report.site_id, Report.idempotency_key).in_(bindparam("keys", expanding=True))
    | Report.id.in_(bindparam("ids", expanding=True))
)


def store(engine: Engine, submissions: Sequence[Submission]) -> list[UUID | KeyReused]:
    """Store the reports and their outbox messages in one transaction.

    Answers, for each, the id it is stored under: its own, or that of an earlier report with the same
    idempotency key and the same body; KeyReused when that body was another one. A row the database
    refuses (its site is gone) does not take the others with it. Raises DBAPIError.
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
        # The database was restarted under a pooled connection. Once more is safe even if the commit had
        # gone through: the ids are the same.
        return _store_together(engine, submissions)


def _store_together(engine: Engine, submissions: Sequence[Submission]) -> list[UUID | KeyReused]:
    rows = msgspec.json.encode(submissions).decode()
    with engine.begin() as connection:
        stored = set(connection.execute(_STORE, {"rows": rows}).scalars())
        repeated = [submission for submission in submissions if submission.id not in stored]
        first: dict[Any, Any] = {}
        if repeated:
            keys = [(row.site_id, row.idempotency_key) for row in repeated]
            ids = [row.id for row in repeated]
            for row in connection.execute(_FIRST, {"keys": keys, "ids": ids}):
                first[row.site_id, row.idempotency_key] = first[row.id] = row
    return [
        submission.id if submission.id in stored else _answer_again(submission, first)
        for submission in submissions
    ]


def _answer_again(submission: Submission, first: dict[Any, Any]) -> UUID | KeyReused:
    row = first.get(submission.id) or first[submission.site_id, submission.idempotency_key]
    if row.body_digest != submission.body_digest:
        return KeyReused()
    return row.id  # type: ignore[no-any-return]
