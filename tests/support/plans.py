"""Plans of the statements that a piece of the program sends: which indexes they read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event, text

_PLANNED = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@contextmanager
def statements_of(engine: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collect the statements that are sent in the block, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def collect(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().startswith(_PLANNED):
            # The plan of a statement for many rows is that for one of them.
            seen.append((statement, parameters[0] if isinstance(parameters, list) else parameters))

    event.listen(engine, "before_cursor_execute", collect)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", collect)


def scans(connection: Connection, statement: str, parameters: Any) -> list[str]:
    """Return how a statement reads each table, as `Index Scan on case by ix__case__queue`, without costs."""
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON, COSTS OFF) {statement}", parameters)
    return sorted(set(_walk(plan.scalar_one()[0]["Plan"])))


def prefer_indexes(connection: Connection) -> None:
    """Make the plans of a small database those of a large one: by indexes, one row after another.

    A plan has a sequential scan then only if no index fits.
    """
    for method in ("seqscan", "bitmapscan", "indexonlyscan", "hashjoin", "mergejoin", "material", "memoize"):
        connection.execute(text(f"SET LOCAL enable_{method} = off"))
    connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))


def _walk(node: dict[str, Any]) -> Iterator[str]:
    if "Relation Name" in node:
        by = f" by {node['Index Name']}" if "Index Name" in node else ""
        verb = node.get("Operation", node["Node Type"])
        yield f"{verb} on {node['Relation Name']}{by}"
    for child in node.get("Plans", ()):
        yield from _walk(child)
