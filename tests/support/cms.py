"""Changes and a memory for tests of CMS adapters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from moderation.domain.source.correct import Change, Correction, Field
from moderation.domain.text.normalise import Quote
from moderation.integrations.cms.base import Document, Refused, SourceCms, Written


@dataclass
class Remembered:
    """A memory that lasts as long as the test."""

    writings: dict[str, Mapping[str, Correction]] = field(default_factory=dict)

    def begun(self, fingerprint: str) -> Mapping[str, Correction]:
        """The corrections of a writing."""
        return self.writings.get(fingerprint, {})

    def begin(self, fingerprint: str, corrections: Mapping[str, Correction]) -> None:
        """Keep them."""
        self.writings[fingerprint] = corrections


def change(exact: str, correction: str, prefix: str = "", suffix: str = "", key: str = "a") -> Change:
    """A change, as an editor accepted it."""
    return Change(key, Quote(exact, prefix, suffix), correction)


@dataclass
class Shelf(SourceCms):
    """A CMS whose documents are texts in memory. `refusals` are raised by the next writings, one each."""

    documents: dict[str, str]
    refusals: list[Refused] = field(default_factory=list)
    writings: int = 0

    def test(self) -> str:
        """It always answers."""
        return "shelf"

    def read(self, url: str) -> Document:
        """The text of a page."""
        text = self.documents[url]
        return Document(url, [Field("content", "html", text)], str(self.writings))

    def write(self, document: Document, fields: Sequence[Field], note: str) -> Written:
        """Put the text back."""
        if self.refusals:
            raise self.refusals.pop(0)
        self.writings += 1
        self.documents[document.id] = fields[0].text
        return Written(str(self.writings))
