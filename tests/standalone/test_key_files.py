"""The secret keys in the data directory."""

from click.testing import CliRunner

from moderation.cli import main
from moderation.standalone.key_files import replace_key, stored_keys
from moderation.standalone.stack import open_stack


def test_a_new_key_keeps_the_old_ones_as_fallbacks_for_the_owner_alone(tmp_path):
    first = stored_keys(tmp_path)
    assert stored_keys(tmp_path) == first and len(first.current) == 64
    second = replace_key(tmp_path)
    assert second.fallbacks == (first.current,)
    third = replace_key(tmp_path)
    assert third.fallbacks == (second.current, first.current)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_the_key_of_an_instance_is_replaced_while_it_does_not_run(workspace):
    directory = workspace / "rotated"
    rotate = ("secret", "rotate", "--data-dir", str(directory))
    runner = CliRunner(env={"SECRET_KEY": "", "DATABASE_URL": ""})
    with open_stack(directory, with_redis=False) as stack:
        stack.publish()
        assert "runs: stop it first" in runner.invoke(main, rotate).stderr
    first = stored_keys(directory)
    assert runner.invoke(main, rotate).exit_code == 0
    assert stored_keys(directory).fallbacks == (first.current,)
