"""A site with two pages of the same article, driven through anything that can happen to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from moderation.services.pages.fetch import Fetcher
from tests.support.history import counts, mistakes
from tests.support.history.editing import Editing
from tests.support.history.pages import ShownPage
from tests.support.history.shown import check_shown
from tests.support.history.snapshot import read_snapshot
from tests.support.history.tallies import check_tallies
from tests.support.mistaken_article import make_article
from tests.support.web import Web


@dataclass(slots=True)
class World(Editing):
    """The history of a site. `check` says whether it is as it must be."""

    _checked: tuple[Any, ...] = ()

    @classmethod
    def make(
        cls,
        sessions: sessionmaker[Session],
        web: Web,
        fetcher: Fetcher,
        now: datetime,
        *,
        words: int = 1,
        paragraphs: int = 2,
        pages: int = 2,
    ) -> "World":
        """Make a site. Its pages show equal articles, each at an address of its own."""
        world = cls(sessions, fetcher, (), now)
        world.pages = [
            ShownPage(web, f"/news/{world.site_id.hex}/{number}", make_article(words, paragraphs=paragraphs))
            for number in range(pages)
        ]
        world.begin()
        return world

    def check(self) -> None:
        """Raise AssertionError when something is not as it must be. Everything sent has been drained."""
        assert not self.errors, self.errors[0]
        with self.sessions() as session:
            snapshot = read_snapshot(session, self.site_id)
            counts.check_placements(snapshot)
            counts.check_counts(snapshot)
            counts.check_decisions(snapshot)
            counts.check_votes(snapshot)
            counts.check_search(snapshot, self.sent)
            mistakes.check_together(snapshot, self.sent, self.regrouped)
            mistakes.check_apart(snapshot, self.pages, self.sent, self.regrouped)
            rows = (snapshot.pages, snapshot.cases, snapshot.selections, snapshot.suggestions)
            if rows != self._checked:
                mistakes.check_found(session, snapshot, self.pages)
                mistakes.check_closed(session, snapshot, self.pages, self.sent, self.regrouped)
                check_shown(session, snapshot)
                self._checked = rows

    def check_figures(self) -> None:
        """Raise AssertionError when insight counts other things than happened."""
        with self.sessions() as session:
            check_tallies(session, read_snapshot(session, self.site_id), self.site_id)
