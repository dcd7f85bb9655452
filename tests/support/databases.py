"""The database of tests."""

import psycopg

_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


def forgo_durability(url: str) -> None:
    """Let a server of our own commit without waiting for the disk: nobody needs its data after a crash."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in _DURABILITY:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
