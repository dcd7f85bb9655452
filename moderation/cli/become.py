"""Replace this process by a server."""

import os
import sys


def become(module: str, *arguments: str, env: dict[str, str] | None = None) -> None:
    """Run a module in place of this process, so that signals reach the server itself."""
    os.execve(sys.executable, [sys.executable, "-m", module, *arguments], env or dict(os.environ))  # noqa: S606
