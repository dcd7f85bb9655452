"""Which program this is: version and digest of its own files.

The version alone does not tell: an installation from a checkout changes between two versions too.
"""

import hashlib
from functools import cache

from moderation.paths import PACKAGE
from moderation.version import VERSION


@cache
def build_id() -> str:
    """Return the running program's name, such as `0.2.0+1f3a9c…`. The same code has the same name."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{VERSION}+{digest.hexdigest()[:12]}"
