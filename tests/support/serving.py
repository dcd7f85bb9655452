"""An HTTP server in a thread, which answers as a function says."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]
"""Status, headers and body."""
Answering = Callable[[BaseHTTPRequestHandler, bytes], Answer | None]
"""Gets the request and its body. Returns the answer, or None: the connection closes without one."""


@contextmanager
def serve_http(answering: Answering) -> Iterator[int]:
    """Run the server on a free port of 127.0.0.1, and yield the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = answering(self, body)
            if answer is None:
                self.close_connection = True
                return
            status, headers, content = answer
            with suppress(ConnectionError):  # the client left
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Log nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
