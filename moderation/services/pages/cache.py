"""A cache that is bounded by bytes, not by entries: page texts differ in size by a factor of a thousand."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class BoundedCache(Generic[Key, Value]):
    """Least-recently-used cache of at most `most` bytes. `size` estimates the bytes of a value."""

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self._most = most
        self._size = size
        self._bytes = 0
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """The value, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Store a value, and drop the least recently used ones."""
        size = self._size(value)
        with self._lock:
            old = self._values.pop(key, None)
            if old is not None:
                self._bytes -= self._size(old)
            if size > self._most:
                return
            self._values[key] = value
            self._bytes += size
            while self._bytes > self._most:
                _, dropped = self._values.popitem(last=False)
                self._bytes -= self._size(dropped)

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return self._bytes
