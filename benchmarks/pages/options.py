"""What a run of the benchmark covers, from the environment of `make bench-pages`."""

import os
from dataclasses import dataclass
from pathlib import Path

from benchmarks.pages.serving import SavedPage, read_folder
from tests.support.news_pages import news_page

_OWN_PAGES = Path(__file__).parent / "saved"


@dataclass(frozen=True, slots=True)
class Options:
    """The pages, and how much is selected on each."""

    folder: Path
    generated: int
    seed: int
    part: int
    parts: int
    dialogs: int
    """Words per page that are reported through the dialog."""
    quotes: int
    """Selections per page that are compared without the dialog."""

    @classmethod
    def from_env(cls) -> "Options":
        """PAGES=folder, GENERATED=number, SEED=, PART=1/3, DIALOGS=, QUOTES= (per page)."""
        part, _, parts = (os.environ.get("PART") or "1/1").partition("/")
        return cls(
            Path(os.environ.get("PAGES") or _OWN_PAGES),
            _number("GENERATED", 36),
            _number("SEED", 0),
            int(part),
            int(parts or 1),
            _number("DIALOGS", 8),
            _number("QUOTES", 60),
        )

    def saved(self) -> list[SavedPage]:
        """Return the pages of the folder that belong to this part."""
        return read_folder(self.folder)[self.part - 1 :: self.parts]

    def news(self) -> list[SavedPage]:
        """Return the generated pages that belong to this part."""
        seeds = range(self.seed * self.generated, (self.seed + 1) * self.generated)
        chosen = seeds[self.part - 1 :: self.parts]
        return [SavedPage(f"generated-{seed}.html", news_page(seed).encode()) for seed in chosen]


def _number(name: str, default: int) -> int:
    return int(os.environ.get(name) or default)
