"""Changes and a memory for tests of CMS adapters."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from moderation.domain.source.correct import Change, Correction
from moderation.domain.text.normalise import Quote


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
