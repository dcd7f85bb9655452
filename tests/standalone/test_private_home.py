"""The system user runs a program in a private home, and sees nothing else there."""

import os
import subprocess
import sys

from tests.support.processes import may_mount

TRY = """
import os, subprocess, sys
from pathlib import Path
from moderation.standalone.private_home import show
from moderation.standalone.system_user import server_account

home, account = Path(sys.argv[1]), server_account()
print(show(account, [home / "program"]), flush=True)
look = "cat program/file; cat letters; echo more >program/file; ls; chmod 755 ."
subprocess.run(["sh", "-c", f"cd {home} && {{ {look}; }} 2>&1"], cwd="/", **account.popen())
"""


def test_only_the_program_is_seen_in_a_private_home_and_nothing_changes_outside(workspace):
    home = workspace / "home"
    (home / "program").mkdir(parents=True)
    (home / "program" / "file").write_text("the program\n")
    (home / "letters").write_text("a secret\n")
    home.chmod(0o700)
    run = [sys.executable, "-c", TRY, str(home)]
    said = subprocess.run(run, capture_output=True, text=True, check=True, umask=0o077).stdout.splitlines()
    if may_mount():
        assert said[:2] == ["True", "the program"] and "program" in said and "letters" not in said
        assert "a secret" not in said and (home / "program" / "file").read_text() == "the program\n"
        assert "cat: letters: No such file or directory" in said
    else:
        assert said[0] == "False"
    assert sorted(path.name for path in home.iterdir()) == ["letters", "program"]
    if os.geteuid() == 0:  # otherwise the servers run as ourselves, whose home it is
        assert home.stat().st_mode & 0o777 == 0o700
