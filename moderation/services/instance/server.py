"""The database server's version: PostgreSQL 16 is the oldest that works."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # every command imports this module, also those that use no database
    from sqlalchemy import Engine

OLDEST = 16


class OldServer(RuntimeError):
    """The server is older than OLDEST. The text says so."""


def old_server(version_number: int) -> str | None:
    """Explain why a server of this `server_version_num` (150018 is 15.18) is too old; None if it is not."""
    major, minor = divmod(version_number, 10_000)
    if major >= OLDEST:
        return None
    return f"PostgreSQL {major}.{minor} is too old: Corrigenda needs {OLDEST} or later"


def require_server(engine: "Engine") -> None:
    """Check the server's version. Raises OldServer; DBAPIError if the server does not answer."""
    with engine.connect() as connection:
        number = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    reason = old_server(number)
    if reason is not None:
        raise OldServer(reason)
