"""A library that resolves names itself, and so could be led to a private address after our check."""

import threading

import pytest
import requests

from moderation.services.pages.public_sockets import public_sockets
from tests.support.receivers import receive


def test_a_name_that_leads_inside_at_the_second_time_is_not_connected_to():
    with receive() as receiver:
        address = receiver.url.replace("127.0.0.1", "localhost")
        for url in (address, receiver.url):
            with public_sockets(), pytest.raises(requests.ConnectionError, match="not a public address"):
                requests.post(url, json={}, timeout=5)
        assert receiver.got == []
        with public_sockets():
            threads = [
                threading.Thread(target=requests.post, args=(address,), kwargs={"json": {}, "timeout": 5})
            ]
            threads[0].start()
            threads[0].join(10)
        assert len(receiver.got) == 1, "other threads of the worker connect as before"
        requests.post(receiver.url, json={}, timeout=5)
        assert len(receiver.got) == 2
