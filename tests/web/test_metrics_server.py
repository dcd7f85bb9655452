import urllib.error
import urllib.request

import pytest

from moderation.web.metrics_server import serve_metrics
from tests.support.running import free_port


@pytest.fixture
def served(engine, redis):
    server = serve_metrics("127.0.0.1", free_port(), engine, redis)
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_prometheus_reads_the_metrics_at_a_port_of_their_own(served):
    with urllib.request.urlopen(f"{served}/metrics", timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert b"corrigenda_database_up 1.0" in answer.read()


def test_nothing_else_is_there(served):
    with pytest.raises(urllib.error.HTTPError) as error:
        urllib.request.urlopen(f"{served}/desk", timeout=10)
    assert error.value.code == 404


def test_every_web_process_may_listen_at_the_port(served, engine, redis):
    second = serve_metrics("127.0.0.1", int(served.rpartition(":")[2]), engine, redis)
    assert second is not None
    second.shutdown()  # a thread without its socket would not end
    second.server_close()
