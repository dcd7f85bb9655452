"""The class of our Flask applications."""

from collections.abc import Callable
from typing import Any

from flask import Flask


class Application(Flask):
    """Flask without asynchronous functions: it looks for one in each hook of each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function. None of ours is asynchronous."""
        return func
