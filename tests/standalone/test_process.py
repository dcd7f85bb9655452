from moderation.standalone.process import Child
from tests.support.running import eventually


def test_a_child_that_will_not_stop_is_killed(tmp_path):
    script = "trap '' TERM; echo deaf; sleep 60 & wait"
    child = Child("stubborn", ["sh", "-c", script], tmp_path / "log", seconds=0.2)
    child.start()
    eventually(lambda: child.last_lines() == "deaf")
    child.stop()
    assert child.why_dead() == "killed by SIGKILL"


def test_a_child_does_not_get_what_is_withheld(tmp_path):
    env = {"FOR_ALL": "1", "FOR_OTHERS": "1"}
    child = Child("env", ["env"], tmp_path / "log", env, withholds=frozenset({"FOR_OTHERS"}))
    child.start()
    eventually(lambda: child.why_dead() == "exit code 0")
    names = {line.partition("=")[0] for line in child.last_lines(1000).splitlines()}
    assert {"FOR_ALL", "PATH"} <= names and "FOR_OTHERS" not in names
