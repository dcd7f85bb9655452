"""Group commit: store the reports of many requests in one transaction.

A commit waits for the disk. Requests that arrive during this wait are stored together by the next commit. A
single request commits at once and does not wait for others. (DeWitt et al., "Implementation Techniques for
Main Memory Database Systems", 1984.)
"""

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from sqlalchemy.exc import TimeoutError as DatabaseTimeout

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Entry(Generic[Item, Result]):
    """One waiting request. Its lock is held until the request is finished or becomes the leader."""

    __slots__ = ("error", "item", "leads", "result", "signal")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.leads = False
        self.signal = threading.Lock()
        self.signal.acquire()


class GroupCommit(Generic[Item, Result]):
    """Collects items of concurrent threads and stores them together.

    `store` takes a list of items. It returns one result per item, in order, or raises for all of them.
    A thread becomes the leader if there is none. The leader stores all waiting items, then makes the first
    thread that arrived meanwhile the next leader. So no extra thread is needed. `stored` is called once per
    batch, when the other threads have their results and only the leader still waits. `seconds_left` returns
    how long the calling thread may wait for another leader.
    """

    def __init__(
        self,
        store: Callable[[list[Item]], Sequence[Result]],
        stored: Callable[[], None],
        most: int = 500,
        seconds_left: Callable[[], float] = lambda: 60.0,
    ) -> None:
        self._store = store
        self._stored = stored
        self._most = most
        self._seconds_left = seconds_left
        self._mutex = threading.Lock()
        self._waiting: list[_Entry[Item, Result]] = []
        self._busy = False

    @property
    def waiting(self) -> int:
        """Return the number of items that wait for the next batch."""
        return len(self._waiting)

    def add(self, item: Item) -> Result:
        """Store the item, together with others, and return its result.

        Raises the errors of `store`, and DatabaseTimeout: the item may be stored or not.
        """
        entry: _Entry[Item, Result] = _Entry(item)
        with self._mutex:
            self._waiting.append(entry)
            entry.leads = not self._busy
            self._busy = True
        if not entry.leads and not entry.signal.acquire(timeout=max(0.0, self._seconds_left())):
            self._leave(entry)
        if entry.leads:
            self._lead()
        if entry.error is not None:
            raise entry.error
        if entry.leads:
            self._stored()
        return entry.result  # type: ignore[return-value]

    def _leave(self, entry: _Entry[Item, Result]) -> None:
        """Stop waiting. Raises DatabaseTimeout, unless this thread was made the leader meanwhile."""
        with self._mutex:
            if entry.leads:
                return
            if entry in self._waiting:
                self._waiting.remove(entry)
        raise DatabaseTimeout("another thread did not store the report in time")

    def _lead(self) -> None:
        with self._mutex:
            batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
        try:
            results = self._store([entry.item for entry in batch])
            for entry, result in zip(batch, results, strict=True):
                entry.result = result
        except BaseException as error:
            for entry in batch:
                entry.error = error
        finally:
            self._hand_over(batch)

    def _hand_over(self, batch: list[_Entry[Item, Result]]) -> None:
        with self._mutex:
            following = self._waiting[0] if self._waiting else None
            self._busy = following is not None
            if following is not None:
                following.leads = True
                following.signal.release()
        for entry in batch:
            if not entry.leads:
                entry.signal.release()
