from moderation.standalone.process import Child


def test_a_child_that_will_not_stop_is_killed(tmp_path):
    child = Child("stubborn", ["sh", "-c", "trap '' TERM; sleep 60 & wait"], tmp_path / "log", seconds=0.2)
    child.start()
    child.stop()
    assert child.why_dead() == "killed by SIGKILL"
