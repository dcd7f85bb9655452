"""The interface of CMS adapters: find the document of a page, preview and apply corrections, revert them."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from moderation.domain.source.correct import Change, Correction, Field, Plan, Reason, plan

Refusal = Literal[
    Reason,
    "not_found",
    "in_trash",
    "changed",
    "conflict",
    "unauthorized",
    "unreachable",
    "private_address",
    "misconfigured",
    "would_alter_markup",
]
PASSING: frozenset[Refusal] = frozenset({"unreachable", "changed", "conflict", "overlaps"})
"""Refusals that may pass by themselves: they are tried again."""

_MOST_READS = 3


class Refused(Exception):
    """The CMS did not do it. `reason` is for programs, the text for people."""

    def __init__(self, reason: Refusal, why: str = "", retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.reason = reason
        self.retry_after = retry_after
        """Seconds that the CMS asked us to wait."""


class ChangedSinceRead(Refused):
    """Somebody changed the document between our reading and our writing."""

    def __init__(self, why: str = "the document changed while it was being corrected") -> None:
        super().__init__("changed", why)


@contextmanager
def understood() -> Iterator[None]:
    """Refuse an answer whose shape the adapter does not expect. Raises Refused.

    Anybody can run a server that calls itself a CMS. Its answers must not stop the work for other sites.
    """
    try:
        yield
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise Refused("misconfigured", f"the answer is not that of a CMS ({type(error).__name__})") from error


@dataclass(frozen=True, slots=True)
class Document:
    """The source of one article as it was read."""

    id: str
    """Its name in the CMS, for people: "post 12", or the path of a file."""
    fields: Sequence[Field]
    version: str
    """Changes with every save."""
    link: str | None = None
    """Where an editor opens it."""

    @property
    def fingerprint(self) -> str:
        """A digest of all fields."""
        return fingerprint(self.fields)


@dataclass(frozen=True, slots=True)
class Preview:
    """A document, and the changes that corrections would make to it."""

    document: str
    corrections: Mapping[str, Correction]
    refused: Mapping[str, Refusal]
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Applied:
    """The outcome of each change, by its key."""

    document: str
    corrections: Mapping[str, Correction]
    refused: Mapping[str, Refusal] = field(default_factory=dict)
    revision: str | None = None
    """The revision of the CMS that has the corrections."""
    link: str | None = None


class Memory(Protocol):
    """The record that survives a crash: the write that was begun."""

    def begun(self, fingerprint: str) -> Mapping[str, Correction]:
        """The corrections of a writing that was begun and leads to this fingerprint; else none."""

    def begin(self, fingerprint: str, corrections: Mapping[str, Correction]) -> None:
        """Store that a writing begins. It is stored when this returns."""


class Cms(Protocol):
    """One site's connection to its CMS. Every method raises Refused."""

    def test(self) -> str:
        """Check address and credentials without changing anything. Returns what answered."""

    def preview(self, url: str, changes: Sequence[Change]) -> Preview:
        """Say what the changes would do to the document of the page."""

    def apply(self, url: str, changes: Sequence[Change], note: str, memory: Memory) -> Applied:
        """Make the changes, each exactly once however often this is called."""


@dataclass(frozen=True, slots=True)
class Written:
    """A document after writing."""

    revision: str | None = None


class SourceCms(ABC):
    """A CMS whose documents are read, changed here, and written back."""

    @abstractmethod
    def test(self) -> str:
        """Check address and credentials."""

    @abstractmethod
    def read(self, url: str) -> Document:
        """Read the document of a page."""

    @abstractmethod
    def write(self, document: Document, fields: Sequence[Field], note: str) -> Written:
        """Write the changed fields. Raises ChangedSinceRead if the document is not as it was read."""

    def preview(self, url: str, changes: Sequence[Change]) -> Preview:
        """Plan the changes on the document as it is."""
        document = self.read(url)
        planned = plan(document.fields, changes)
        return Preview(document.id, planned.corrections, dict(planned.refused), document.link)

    def apply(self, url: str, changes: Sequence[Change], note: str, memory: Memory) -> Applied:
        """Read, plan, remember, write; read again if somebody else wrote in between."""
        for _ in range(_MOST_READS):
            document = self.read(url)
            done = memory.begun(document.fingerprint)
            planned = plan(document.fields, [change for change in changes if change.key not in done])
            revision: str | None = document.version
            if planned.changes_anything:
                memory.begin(fingerprint(planned.fields), planned.corrections)
                try:
                    revision = self.write(document, _changed(document, planned), note).revision
                except ChangedSinceRead:
                    continue
            corrections = {**done, **planned.corrections}
            return Applied(document.id, corrections, dict(planned.refused), revision, document.link)
        raise ChangedSinceRead


def fingerprint(fields: Sequence[Field]) -> str:
    """A digest of names and texts."""
    digest = hashlib.sha256()
    for one in fields:
        digest.update(f"{one.name}\0{one.text}\0".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _changed(document: Document, planned: Plan) -> list[Field]:
    return [new for old, new in zip(document.fields, planned.fields, strict=True) if new.text != old.text]
