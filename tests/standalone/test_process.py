from moderation.standalone.process import Child
from tests.support.running import eventually


def test_a_child_that_will_not_stop_is_killed(tmp_path):
    script = "trap '' TERM; echo deaf; sleep 60 & wait"
    child = Child("stubborn", ["sh", "-c", script], tmp_path / "log", seconds=0.2)
    child.start()
    eventually(lambda: child.last_lines() == "deaf")
    child.stop()
    assert child.why_dead() == "killed by SIGKILL"
