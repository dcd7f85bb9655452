"""Query plans of the desk: no page may read a large table from end to end."""

import math
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from benchmarks.desk.filled import Desk
from benchmarks.figures import Figures

BIG_TABLES = ("case", "report", "placement", "selection", "suggestion", "decision", "page")
_MUCH = 0.25
"""Share of a table. A count that stops at a thousand may read a part of a large table in its own order."""


def check_plans(figures: Figures, desk: Desk) -> None:
    """Print the plans of all statements, and count sequential scans that read much of a large table."""
    with desk.engine.connect() as connection:
        rows = {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()
            for name in BIG_TABLES
        }
    scans = 0
    for name, path in desk.paths().items():
        for statement, parameters in _statements(desk, path):
            with desk.engine.connect() as connection:
                explain = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}"
                [plan] = connection.exec_driver_sql(explain, parameters).scalar_one()
            read = [(node, _rows_read(node)) for node in _nodes(plan["Plan"]) if "Relation Name" in node]
            scans += sum(
                node["Node Type"] == "Seq Scan" and count > _MUCH * rows.get(node["Relation Name"], math.inf)
                for node, count in read
            )
            shown = (
                f"{node['Node Type']} on {node['Relation Name']}: {count:.0f} rows" for node, count in read
            )
            print(f"  plan {name}: " + "; ".join(shown), flush=True)
    figures.add("seq_scans_of_much_of_a_big_table", scans, "<=0")


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _rows_read(node: dict[str, Any]) -> float:
    read: float = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    return read


def _statements(desk: Desk, path: str) -> list[tuple[str, Any]]:
    """Return the SELECTs of a request, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().startswith("SELECT"):
            seen.append((statement, parameters))

    with desk.app.app_context():
        engine = desk.app.extensions["sqlalchemy"].engine
    event.listen(engine, "before_cursor_execute", note)
    desk.client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    return seen
