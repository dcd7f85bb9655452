import os
import signal
import threading

from moderation.standalone.process import Child
from moderation.standalone.supervisor import Supervisor
from tests.support.running import eventually


def test_a_child_that_keeps_dying_waits_longer_each_time(tmp_path):
    said = []
    child = Child("sleeper", ["sleep", "60"], tmp_path / "log")
    child.start()
    supervisor = Supervisor([child], said.append)
    ended = threading.Event()
    watching = threading.Thread(target=supervisor.watch, kwargs={"until": ended.is_set})
    watching.start()
    try:
        for deaths in range(1, 4):
            os.kill(eventually(lambda: child.why_dead() is None and child.process.pid), signal.SIGKILL)
            eventually(lambda deaths=deaths: len(said) == deaths)
    finally:
        ended.set()
        watching.join()
        child.stop()
    for line, pause in zip(said, ("0.5", "1", "2"), strict=True):
        assert line == f"sleeper stopped (killed by SIGKILL). Restarting in {pause} s. Log: {child.log}"
