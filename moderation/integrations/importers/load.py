"""Import records through intake: checked like any report, stored in batches, never twice."""

import hashlib
import hmac
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import islice
from uuid import UUID

import msgspec
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from moderation.integrations.importers.record import InvalidRecord, Record, draft_of, time_of
from moderation.models import Report
from moderation.services.intake.accept import Intake, Refused
from moderation.services.intake.draft import Draft, Sender, Submission
from moderation.services.intake.store import KeyReused, store
from moderation.services.sites.directory import KnownSite

BATCH = 500
_encoder = msgspec.json.Encoder()


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not imported, and why."""

    number: int
    reason: str


class Outcome(msgspec.Struct):
    """Result of an import."""

    imported: int = 0
    present: int = 0
    """Rows that an earlier import stored."""
    refused: Counter[str] = msgspec.field(default_factory=Counter)
    """Number of refused rows by the kind of reason."""

    @property
    def refused_count(self) -> int:
        """Return the number of refused rows."""
        return sum(self.refused.values())


class Importer:
    """Imports records of one source into one site.

    `source` names the source: rows of the same source with the same id are the same report.
    """

    def __init__(
        self,
        engine: Engine,
        site: KnownSite,
        source: str,
        *,
        zone: tzinfo = UTC,
        dry_run: bool = False,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._engine, self._site, self._source = engine, site, source
        self._zone, self._dry_run, self._now = zone, dry_run, now
        # Readers' names are not stored. The key of this run lives as long as the run.
        self._reader_key = secrets.token_bytes(32)
        self._waiting: list[tuple[int, Submission]] = []
        self._intake = Intake(self._collect)
        self.outcome = Outcome()

    def run(self, records: Iterable[Record]) -> Iterator[Sequence[RefusedRow]]:
        """Import the records in batches. Yields the refused rows after each batch."""
        rows = iter(records)
        while batch := list(islice(rows, BATCH)):
            refused = [row for record in batch if (row := self._accept(record))]
            yield refused + self._flush()

    def _accept(self, record: Record) -> RefusedRow | None:
        try:
            draft, sender = self._read(record)
            self._number = record.number
            self._intake.accept(self._site, draft, sender)
        except InvalidRecord as error:
            return self._refuse(record.number, "invalid", str(error))
        except Refused as error:
            where = f"/{error.field.replace('.', '/')}: " if error.field else ""
            return self._refuse(record.number, error.reason.replace("_", "-"), where + str(error))
        return None

    def _read(self, record: Record) -> tuple[Draft, Sender]:
        if broken := record.values.get("broken"):
            raise InvalidRecord(f"the line is not JSON: {broken}")
        draft, now = draft_of(record), self._now()
        digest = hashlib.sha256(_encoder.encode(draft)).digest()
        id_ = record.values.get("id")
        key = f"import:{self._source}:{_digest_of_row(record, digest) if id_ in (None, '') else id_}"
        reader = str(record.values.get("reader") or key)
        return draft, Sender(
            reader_hash=hmac.digest(self._reader_key, reader.encode(), "sha256")[:16],
            idempotency_key=key[:200],
            body_digest=digest,
            reported_at=time_of(record, self._zone, now) or now,
        )

    def _collect(self, submission: Submission) -> UUID:
        """Keep a checked report for the batch's statement."""
        self._waiting.append((self._number, submission))
        return submission.id

    def _flush(self) -> list[RefusedRow]:
        waiting, self._waiting = self._waiting, []
        submissions = [submission for _number, submission in waiting]
        results = self._try(submissions) if self._dry_run else store(self._engine, submissions)
        refused = []
        for (number, submission), result in zip(waiting, results, strict=True):
            if isinstance(result, KeyReused):
                reason = "an earlier row has this id and another text"
                refused.append(self._refuse(number, "key-reused", reason))
            elif result == submission.id:
                self.outcome.imported += 1
            else:
                self.outcome.present += 1
        return refused

    def _try(self, submissions: Sequence[Submission]) -> list[UUID | KeyReused]:
        """Return what `store` would: looks for the keys, and writes nothing."""
        keys = [submission.sender.idempotency_key for submission in submissions]
        query = select(Report.idempotency_key, Report.id, Report.body_digest).where(
            Report.site_id == self._site.id, Report.idempotency_key.in_(keys)
        )
        with Session(self._engine) as session:
            known = {row.idempotency_key: row for row in session.execute(query)}
        results: list[UUID | KeyReused] = []
        for submission in submissions:
            row = known.get(submission.sender.idempotency_key)
            if row is None:
                results.append(submission.id)
            else:
                results.append(row.id if row.body_digest == submission.sender.body_digest else KeyReused())
        return results

    def _refuse(self, number: int, kind: str, reason: str) -> RefusedRow:
        self.outcome.refused[kind] += 1
        return RefusedRow(number, reason)


def _digest_of_row(record: Record, digest: bytes) -> str:
    """Identify a row without an id. Readers who report the same text differ by their time or their name."""
    told = "\0".join(str(record.values.get(name) or "") for name in ("time", "reader"))
    return hashlib.sha256(digest + told.encode()).hexdigest()[:32]
