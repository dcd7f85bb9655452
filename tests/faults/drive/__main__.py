"""Drive with each seed, print the figures, and fail when one is not 0 that must be."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.faults.drive.drive import drive

COUNTED = ("recounts", "reports", "decisions", "seconds_to_stop")
"""Figures that may be above 0."""


def main() -> None:
    """Run the drives that the command line names."""
    options = argparse.ArgumentParser(description="Drive a running instance over HTTP.")
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    options.add_argument("--articles", type=int, default=60)
    chosen = options.parse_args()
    failed = False
    for seed in chosen.seeds:
        with tempfile.TemporaryDirectory(prefix="corrigenda-drive-") as directory:
            Path(directory).chmod(0o755)
            figures, wrong = drive(Path(directory) / "data", seed, chosen.articles)
        print(f"seed {seed}: " + ", ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
        for line in wrong[:10]:
            print(f"  {line[:9000]}", flush=True)
        failed |= any(value for name, value in figures.items() if name not in COUNTED)
    sys.exit(failed)


if __name__ == "__main__":
    main()
