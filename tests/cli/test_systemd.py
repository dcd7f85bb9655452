"""The units that `corrigenda systemd` prints."""

import shutil
import subprocess

from moderation.broker import QUEUES
from tests.support.running import cli


def test_systemd_accepts_the_units(tmp_path):
    """`make test` installs systemd if it is missing."""
    written = cli("systemd", "--write", str(tmp_path))
    assert written.returncode == 0, written.stderr
    files = sorted(tmp_path.iterdir())
    names = {"migrate", "web", "scheduler", *QUEUES}
    assert {file.name for file in files} == {f"corrigenda-{name}.service" for name in names}
    verify = shutil.which("systemd-analyze")
    assert verify is not None, "systemd-analyze is missing: apt-get install systemd"
    checked = subprocess.run(
        [verify, "verify", "--man=no", *map(str, files)], capture_output=True, text=True, check=False
    )
    complaints = [line for line in checked.stderr.splitlines() if "corrigenda" in line]
    assert (checked.returncode, complaints) == (0, [])


def test_without_a_directory_they_are_printed():
    printed = cli("systemd").stdout
    assert printed.count("User=corrigenda") == 3 + len(QUEUES)
    assert "SECRET" not in printed
