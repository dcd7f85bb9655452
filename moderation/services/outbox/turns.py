"""The pages of a site take turns, one after the other: a page is loaded once for many of its reports."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_OF_A_PAGE = 100
"""Messages of one page in a batch. A batch has room for several pages after it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A due message. `page`: the address that its report is about; None for other topics."""

    id: int
    page: str | None


@dataclass(slots=True)
class Turns:
    """Remembers when each page of a site that still waits had its turn."""

    _number: int = 0
    _last: dict[str, int] = field(default_factory=dict)

    def choose(self, waiting: Sequence[Waiting], batch: int) -> list[int]:
        """Return the ids of at most `batch` of the messages, which are sorted by age.

        Pages without a turn come first, the oldest message leading; then those whose turn is longest ago. So
        no page waits for more than one batch of each other page.
        """
        by_page: dict[str, list[int]] = defaultdict(list)
        for each in waiting:
            by_page[each.page or str(each.id)].append(each.id)
        self._last = {page: turn for page, turn in self._last.items() if page in by_page}
        chosen: list[int] = []
        for page in sorted(by_page, key=lambda page: self._last.get(page, 0)):
            if len(chosen) == batch:
                break
            self._number += 1
            self._last[page] = self._number
            chosen += by_page[page][: min(MOST_OF_A_PAGE, batch - len(chosen))]
        return chosen
