"""Questions to one running stack, which all tests of this file share: a start takes seconds."""

import json
import os
import signal
import subprocess

import psutil
import pytest

from tests.support.commands import in_process
from tests.support.processes import may_mount, modes
from tests.support.running import Running, call, eventually

CHILDREN = ("postgres", "redis", "web", "worker", "fetcher", "scheduler")


@pytest.fixture(scope="module")
def before(workspace):
    """Modes and owners before the start. The parent of the data directory has a mode of its own."""
    parent = workspace / "a-stack-that-the-tests-of-one-file-share"
    parent.mkdir(mode=0o751)
    return parent / "with-a-path-that-is-too-long-for-a-socket", modes(parent)


@pytest.fixture(scope="module")
def shared(before):
    """A stack without the demo, with a secret in its environment."""
    env = {"CORRIGENDA_SMTP_URL": "smtp://user:secret@127.0.0.1:1", "CORRIGENDA_MAIL_FROM": "d@news.example"}
    env |= {"CORRIGENDA_BACKUP_PASSPHRASE": "a secret of backups", "CORRIGENDA_WEB_WORKERS": "2"}
    stack = Running(before[0], "--no-demo", **env)
    yield stack.await_ready()
    stack.stop()


def is_ready(stack):
    try:
        return call(f"{stack.url}/readyz") == (200, {"status": "ready"})
    except OSError:
        return False


def doctor(data_dir):
    """What `corrigenda doctor` says while all is well, else nothing."""
    done = in_process("doctor", CORRIGENDA_DATA_DIR=str(data_dir))
    return done.stdout if done.returncode == 0 else ""


def test_a_start_changes_the_mode_and_owner_of_no_directory_that_was_there(shared, before):
    data_dir, modes_before = before
    assert modes(data_dir.parent) == modes_before


def test_the_servers_have_a_user_and_no_secrets_and_only_that_user_reads_the_data(shared):
    ourselves = psutil.Process().username()
    server = "corrigenda" if os.geteuid() == 0 else ourselves
    # In a container another user cannot be shown a Python in root's private home: the operator is told.
    told = any(line.startswith("WARNING: web and worker run as root") for line in shared.lines)
    assert not (told and may_mount())
    program = ourselves if told else server
    users = {name: psutil.Process(pid).username() for name, pid in shared.children().items()}
    assert users == {name: server if name in ("postgres", "redis") else program for name in CHILDREN}
    assert shared.data_dir.stat().st_mode & 0o777 == 0o700
    logs = (shared.data_dir / "log").glob("*.log")
    assert {oct(log.stat().st_mode & 0o777) for log in logs} == {"0o640"}
    for name in ("postgres", "redis"):
        environment = psutil.Process(shared.children()[name]).environ()
        assert not [key for key in environment if key.startswith(("CORRIGENDA_", "SECRET"))]


def test_each_process_gets_only_the_secrets_it_needs(shared):
    secrets = {"SECRET_KEY", "DATABASE_URL", "CORRIGENDA_SMTP_URL", "CORRIGENDA_BACKUP_PASSPHRASE"}
    known = {
        name: secrets & psutil.Process(shared.children()[name]).environ().keys()
        for name in ("web", "worker", "fetcher", "scheduler")
    }
    assert known["scheduler"] == set()
    assert known["web"] == known["worker"] == secrets - {"CORRIGENDA_BACKUP_PASSPHRASE"}
    assert known["fetcher"] == secrets


@pytest.mark.parametrize("name", ["web", "worker", "fetcher", "scheduler"])
def test_every_line_of_our_logs_is_json(shared, name):
    lines = (shared.data_dir / "log" / f"{name}.log").read_text().splitlines()
    assert [line for line in lines if not line.startswith("{") or not json.loads(line)["event"]] == []


def test_a_second_start_on_the_same_data_is_refused(shared):
    second = Running(shared.data_dir)
    assert second.wait() == 1
    assert len(second.lines) == 1
    assert str(shared.data_dir) in second.lines[0] and "already" in second.lines[0]


def test_without_the_demo_there_is_none(shared):
    assert call(f"{shared.url}/api/v1/nothing")[0] == 404
    home = subprocess.run(["curl", "-s", shared.url], capture_output=True, text=True, check=True).stdout
    assert "/demo/" not in home and "/desk/queue" in home


@pytest.mark.parametrize("name", CHILDREN)
def test_a_child_that_dies_is_started_again(shared, name):
    children = eventually(lambda: len(shared.children()) == len(CHILDREN) and shared.children())
    assert set(children) == set(CHILDREN)
    os.kill(children[name], signal.SIGKILL)
    shared.await_line(rf"^{name} stopped \(killed by SIGKILL\)\. Restarting in [\d.]+ s\. Log: .*{name}\.log")
    eventually(lambda: shared.children().get(name) not in (None, children[name]))
    eventually(lambda: is_ready(shared))


def test_doctor_finds_a_stack_healthy_also_after_its_children_died(shared):
    assert "ok    worker" in eventually(lambda: doctor(shared.data_dir))
