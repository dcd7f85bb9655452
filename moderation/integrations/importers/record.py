"""A report of another system, before it is checked, and how it becomes a draft."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

import msgspec

from moderation.domain.shape_errors import shape_errors
from moderation.domain.sites.limits import CONTEXT_LENGTH
from moderation.services.intake.draft import Draft

FIELDS = (
    "url", "exact", "prefix", "suffix", "correction", "comment", "kind", "title", "lang",
    "time", "reader", "id",
)  # fmt: skip
"""The fields of a record. Only `url` and `exact` are required."""
_COPIED = ("url", "correction", "comment", "kind", "title", "lang")


class InvalidRecord(ValueError):
    """The record cannot become a report. The text says why."""


class Record(msgspec.Struct, frozen=True):
    """One row of a source: its number, for people, and the values by field (FIELDS)."""

    number: int
    values: Mapping[str, Any]


def draft_of(record: Record) -> Draft:
    """Return the record as a draft. Raises InvalidRecord.

    A context that is too long is cut at its far end.
    """
    values = {name: value for name, value in record.values.items() if value not in (None, "")}
    quote = {
        "exact": values.get("exact", ""),
        "prefix": _text(values, "prefix")[-CONTEXT_LENGTH:],
        "suffix": _text(values, "suffix")[:CONTEXT_LENGTH],
    }
    shape = {"quote": quote, **{name: values[name] for name in _COPIED if name in values}}
    try:
        return msgspec.convert(shape, Draft)
    except msgspec.ValidationError:
        errors = shape_errors(shape, Draft)
        raise InvalidRecord("; ".join(f"{pointer}: {detail}" for pointer, detail in errors)) from None


def time_of(record: Record, zone: tzinfo, now: datetime) -> datetime | None:
    """Return when the report was made; None if the source does not say. Raises InvalidRecord.

    A time without a zone is in `zone`. A number is seconds since 1970.
    """
    value = record.values.get("time")
    if value in (None, ""):
        return None
    try:
        if isinstance(value, int | float):
            time = datetime.fromtimestamp(value, UTC)
        else:
            time = datetime.fromisoformat(str(value).strip())
    except (ValueError, OverflowError, OSError):
        raise InvalidRecord(f"/time: {str(value)[:60]!r} is not an ISO 8601 time") from None
    time = time if time.tzinfo is not None else time.replace(tzinfo=zone)
    if time > now:
        raise InvalidRecord(f"/time: {time.isoformat()} is in the future")
    return time


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name, "")
    if not isinstance(value, str):
        raise InvalidRecord(f"/{name}: is not a text")
    return value
