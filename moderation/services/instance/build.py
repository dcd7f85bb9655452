"""Identify the running program by its version and a digest of its files.

The version alone is not enough: an installation from a checkout also changes between two versions.
"""

import hashlib
from functools import cache

from moderation.paths import PACKAGE
from moderation.version import VERSION


@cache
def build_id() -> str:
    """Return the running program's name, such as `0.2.0+1f3a9c…`. The same code always has the same name."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:12]}"
