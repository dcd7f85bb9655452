"""Reports from a CSV file through intake, and the same file once more: `make bench-import` (`ROWS=`)."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figures
from moderation.standalone.stack import open_stack

ROWS = int(os.environ.get("ROWS") or 100_000)
_FIELDS = ("url", "exact", "prefix", "suffix", "correction", "time", "reader")


def main() -> None:
    """Import twice: the second time every row is there already."""
    figures = Figures("import", ("sqlalchemy", "psycopg", "msgspec"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        file = Path(directory) / "old.csv"
        _write(file)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            _run(stack.env, "db", "upgrade")
            _run(stack.env, "site", "add", "News", "--origin", "https://news.example")
            for name in ("imported", "already_present"):
                began = time.perf_counter()
                done = _run(stack.env, "import", "csv", str(file), "--site", "News", "--json")
                seconds = time.perf_counter() - began
                assert json.loads(done)[name] == ROWS, done
                figures.add(f"seconds_for_{ROWS}_rows_{name}", seconds, f"<={300 * ROWS / 100_000:g}")
    figures.write()


def _write(file: Path) -> None:
    """Five readers of each mistake, five mistakes on each page."""
    with file.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(_FIELDS)
        for number in range(ROWS):
            mistake = number // 5
            words = (f"ашибка{mistake % 5}", "О новых сроках ", " на встрече", f"ошибка{mistake % 5}")
            page, reader = f"https://news.example/{mistake // 5}", f"reader {number % 5}"
            rows.writerow((page, *words, "2024-03-01T10:00:00Z", reader))


def _run(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "moderation.cli", *arguments]
    env = {**os.environ, **env}
    return subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
