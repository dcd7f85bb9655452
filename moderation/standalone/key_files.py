"""Files with the secret keys in the data directory: `secret_key` and `secret_key_fallbacks`."""

import os
import secrets
from pathlib import Path

from moderation.secret_keys import SecretKeys

_MODE = 0o600


def stored_keys(data_dir: Path, first: str | None = None) -> SecretKeys:
    """Return the keys in the files. If there is none, store `first`, or a random one."""
    path = data_dir / "secret_key"
    if not path.exists():
        _write(path, first or secrets.token_hex(32))
    return SecretKeys(path.read_text().strip(), tuple(_fallbacks(data_dir)))


def replace_key(data_dir: Path) -> SecretKeys:
    """Make a new current key. The present one becomes the first fallback. Return the keys.

    The fallback is written first, so that no crash can lose the old key.
    """
    old = stored_keys(data_dir)
    _write(data_dir / "secret_key_fallbacks", "\n".join(old))
    _write(data_dir / "secret_key", secrets.token_hex(32))
    return stored_keys(data_dir)


def _fallbacks(data_dir: Path) -> list[str]:
    path = data_dir / "secret_key_fallbacks"
    return path.read_text().split() if path.exists() else []


def _write(path: Path, text: str) -> None:
    """Write a file for its owner only, in one step."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
