"""Query plans of the desk: no page may read a large table from end to end."""

import re
from typing import Any

from sqlalchemy import event

from benchmarks.desk.filled import Desk
from benchmarks.figures import Figures

BIG_TABLES = ("case", "report", "placement", "selection", "suggestion", "decision", "page")


def check_plans(figures: Figures, desk: Desk) -> None:
    """Print the plans of all statements, and count sequential scans of large tables."""
    whole = re.compile(rf'Seq Scan on "?({"|".join(BIG_TABLES)})\b')
    scans = 0
    for name, path in desk.paths().items():
        for statement, parameters in _statements(desk, path):
            with desk.engine.connect() as connection:
                plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
            nodes = [line.strip() for line in plan if "Scan" in line or "Sort" in line]
            scans += sum(bool(whole.search(line)) for line in plan)
            print(
                f"  plan {name}: " + "; ".join(re.sub(r"\s+\(cost.*", "", node) for node in nodes), flush=True
            )
    figures.add("seq_scans_of_big_tables", scans, "<=0")


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
