"""Which instance a command works on."""

import pytest

from moderation.cli.connect import start_notice
from moderation.cli.data_dir import DataDir
from moderation.standalone.problem import CannotStart
from tests.support.commands import answer, in_process


class TestInstance:
    """A command says which instance it works on, and never makes a second one by accident."""

    def test_a_command_on_the_environments_database_names_it_without_the_password(self, run, stack):
        done = run("site", "list")
        assert done.stderr.startswith("instance  postgresql://") and "(DATABASE_URL)" in done.stderr

    def test_a_changing_command_starts_nothing_in_a_directory_that_nobody_named(self, workspace):
        default = DataDir(workspace / "default", by_option=False, named=False)
        with pytest.raises(CannotStart, match=r"nothing runs on .*/default\..* --data-dir DIR"):
            start_notice(default, changing=True)

    def test_a_command_that_only_reads_makes_no_data_directory(self, workspace):
        directory = workspace / "no-instance"
        done = in_process("site", "list", "--data-dir", str(directory))
        assert done.returncode == 1
        assert f"there is no instance in {directory}" in done.stderr
        assert not directory.exists()

    def test_a_named_directory_is_started_for_the_time_of_a_command_and_it_says_so(self, workspace):
        directory = workspace / "named"
        added = in_process(
            "site", "add", "News", "--origin", "https://news.example", "--data-dir", str(directory)
        )
        assert added.returncode == 0, added.stderr
        assert f"instance  {directory} (new: it is made now" in added.stderr
        listed = in_process("site", "list", "--json", "--data-dir", str(directory))
        assert f"instance  {directory} (not running" in listed.stderr
        assert [row["name"] for row in answer(listed)] == ["News"]
