"""A proxy between the reader and the service that can simulate network failures."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    """Forwards to a port. While `cut_answers` is set, reports reach the service, but its answers are lost."""

    def __init__(self, listener: socket.socket, target: int) -> None:
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.cut_answers = False
        self.cuts = 0
        self._listener = listener
        self._target = target

    def serve(self) -> None:
        """Accept until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(client,), daemon=True).start()

    def _connect(self, client: socket.socket) -> None:
        server = socket.create_connection(("127.0.0.1", self._target))
        state = {"report": False}
        threading.Thread(target=self._answers, args=(server, client, state), daemon=True).start()
        with suppress(OSError):
            while data := client.recv(65536):
                state["report"] = data.startswith(b"POST /api/v1/reports")
                server.sendall(data)
        with suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _answers(self, server: socket.socket, client: socket.socket, state: dict[str, bool]) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if self.cut_answers and state["report"]:
                    self.cuts += 1
                    break
                client.sendall(data)
        for end in (client, server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def proxy(target: int) -> Iterator[Proxy]:
    """Run a proxy in front of a local port."""
    listener = socket.create_server(("127.0.0.1", 0))
    made = Proxy(listener, target)
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # close() alone leaves the thread in accept() for ever
        listener.close()
