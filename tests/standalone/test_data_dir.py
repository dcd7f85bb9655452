"""Directories in which another local user could put files of their own (F33)."""

import os
import pwd
import stat
import sys

import pytest

from moderation.standalone.problem import CannotStart
from moderation.standalone.stack import open_stack


class Watch:
    """Notes the directories that this process makes and removes. An audit hook cannot be taken away again."""

    def __init__(self):
        self.events = []
        sys.addaudithook(self.note)

    def note(self, event, arguments):
        if event in ("os.mkdir", "os.rmdir"):
            self.events.append((event, str(arguments[0])))


@pytest.fixture(scope="module")
def watch():
    return Watch()


@pytest.fixture
def elsewhere(monkeypatch):
    """The database is elsewhere: only the directories are made."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://localhost/elsewhere")


def test_the_sockets_directory_is_made_once_for_one_user_and_never_free_in_between(
    watch, elsewhere, workspace
):
    watch.events.clear()
    with open_stack(workspace / ("long " * 20), with_redis=False) as stack:
        about = stack.run_dir.stat()
        assert stat.S_IMODE(about.st_mode) == 0o700 and about.st_uid in (
            os.geteuid(),
            pwd.getpwnam("corrigenda").pw_uid if os.geteuid() == 0 else os.geteuid(),
        )
        made = [event for event, path in watch.events if path == str(stack.run_dir)]
    assert made == ["os.mkdir"]


@pytest.mark.parametrize("change", ["mode", "owner"])
def test_a_data_directory_that_another_user_may_write_to_is_refused(elsewhere, workspace, change):
    directory = workspace / f"of another {change}"
    directory.mkdir()
    if change == "owner" and os.geteuid() == 0:
        os.chown(directory, pwd.getpwnam("nobody").pw_uid, -1)
    else:
        directory.chmod(0o777)
    with pytest.raises(CannotStart, match="other users may write"), open_stack(directory, with_redis=False):
        pass
    assert list(directory.iterdir()) == []
