"""Connections of one address that fill the number of a process are closed (F84 in docs/security.md)."""

import socket
from contextlib import ExitStack, contextmanager

import psutil

from moderation.web.connections import cut_connections, cut_crowd


@contextmanager
def connections():
    """A port, and a function that connects to it from an address."""
    with ExitStack() as opened:
        listener = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = listener.getsockname()[1]

        def connect(address):
            client = socket.create_connection(("127.0.0.1", port), source_address=(address, 0))
            opened.enter_context(listener.accept()[0])
            client.settimeout(0.05)
            return opened.enter_context(client)

        yield port, connect


def test_connections_are_cut_by_port_and_address_and_other_sockets_are_left_alone():
    database, other_end = socket.socketpair()  # the process has unix sockets too
    with socket.create_server(("127.0.0.1", 0)) as listener, database, other_end:
        port = listener.getsockname()[1]
        slow = socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.2", 0))
        reader = socket.create_connection(("127.0.0.1", port), source_address=("127.0.0.3", 0))
        with slow, reader, listener.accept()[0] as slow_here, listener.accept()[0] as reader_here:
            opened = psutil.Process().num_fds()
            cut_connections(port, "127.0.0.2")
            assert psutil.Process().num_fds() == opened  # nothing of a cut stays open
            assert slow_here.recv(1) == b""
            reader.sendall(b"x")
            database.sendall(b"x")
            assert (reader_here.recv(1), other_end.recv(1)) == (b"x", b"x")


def test_the_connections_of_the_busiest_network_are_cut_when_they_become_many():
    with connections() as (port, connect):
        hoard = [connect("127.0.0.2") for _ in range(40)]
        readers = [connect(f"127.0.1.{number}") for number in range(10)]
        cut_crowd(port, crowded=1000)
        assert not any(map(is_closed, hoard)), "there is room for all"
        cut_crowd(port, crowded=30, few=20)
        assert all(map(is_closed, hoard)) and not any(map(is_closed, readers))
        cut_crowd(port, crowded=5, few=20)
        assert not any(map(is_closed, readers)), "each has few"


def test_a_network_is_not_cut_where_many_others_with_few_connections_are_the_crowd():
    """Else a stranger with some dozens of addresses cuts off an office or a site's server."""
    with connections() as (port, connect):
        crowd = [connect(f"127.0.1.{number % 8}") for number in range(32)]
        office = [connect("127.0.0.2") for _ in range(10)]
        cut_crowd(port, crowded=30, few=6)
        assert not any(map(is_closed, office + crowd))
        cut_crowd(port, crowded=30, few=6, full=40)
        assert all(map(is_closed, office)), "there is hardly room for anybody"


def is_closed(client):
    try:
        return client.recv(1) == b""
    except TimeoutError:
        return False
