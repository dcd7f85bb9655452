"""The units that `corrigenda systemd` prints."""

import re
import shutil
import subprocess

from moderation.broker import QUEUES
from moderation.cli.systemd import units
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
    assert cli("systemd").stdout.count("User=corrigenda") == 3 + len(QUEUES)


def test_no_unit_gets_a_secret_that_it_does_not_need():
    """systemd reads the file of the settings as root, and unsets these variables last."""
    secrets = {"DATABASE_URL", "SECRET_KEY", "CORRIGENDA_SMTP_URL", "CORRIGENDA_OIDC_CLIENT_SECRET"}
    secrets.add("CORRIGENDA_BACKUP_PASSPHRASE")
    has = {}
    for name, text in units("corrigenda").items():
        [unset] = re.findall(r"^UnsetEnvironment=(.+)$", text, re.MULTILINE)
        has[name.removeprefix("corrigenda-").removesuffix(".service")] = secrets - {*unset.split()}
    mails = {"DATABASE_URL", "SECRET_KEY", "CORRIGENDA_SMTP_URL"}
    assert has == dict.fromkeys(QUEUES, mails) | {
        "migrate": {"DATABASE_URL"},
        "web": mails | {"CORRIGENDA_OIDC_CLIENT_SECRET"},
        "upkeep": mails | {"CORRIGENDA_BACKUP_PASSPHRASE"},
        "scheduler": set(),
    }
