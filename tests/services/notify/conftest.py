import pytest
from aiosmtpd.controller import Controller

from tests.support.mailbox import Box
from tests.support.running import free_port


@pytest.fixture
def box():
    handler = Box()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    handler.url = f"smtp://127.0.0.1:{server.port}"
    yield handler
    server.stop()
