"""Logs stay small while the processes run, and old ones go."""

import os

from moderation.standalone import log_rotation
from moderation.standalone.log_rotation import LogRotation


def test_a_large_log_is_emptied_while_its_process_goes_on_writing(tmp_path, monkeypatch):
    monkeypatch.setattr(log_rotation, "LARGEST", 10)
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as process:
        process.write(b"before the rotation\n")
        LogRotation(tmp_path)()
        process.write(b"after\n")
    assert log.read_bytes() == b"after\n"
    assert (tmp_path / "web.log.1").read_bytes() == b"before the rotation\n"


def test_an_old_log_is_deleted_and_a_young_one_is_kept(tmp_path):
    now = 10**9
    for name, age in (("web", log_rotation.KEEP_SECONDS + 1), ("worker", 60)):
        (tmp_path / f"{name}.log").touch()
        earlier = tmp_path / f"{name}.log.1"
        earlier.touch()
        os.utime(earlier, (now - age, now - age))
    LogRotation(tmp_path, clock=lambda: now)()
    assert [path.name for path in tmp_path.glob("*.log.1")] == ["worker.log.1"]


def test_logs_are_looked_at_once_per_minute(tmp_path, monkeypatch):
    monkeypatch.setattr(log_rotation, "LARGEST", 10)
    now = [1000.0]
    rotation = LogRotation(tmp_path, clock=lambda: now[0])
    rotation()
    (tmp_path / "web.log").write_bytes(b"a long enough line")
    rotation()
    assert not (tmp_path / "web.log.1").exists()
    now[0] += 61
    rotation()
    assert (tmp_path / "web.log.1").exists()
