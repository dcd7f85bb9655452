"""Latency for readers while hundreds of clients send their bodies one byte at a time. Loopback only."""

import socket
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import quantiles

from benchmarks import servers
from benchmarks.figures import Figures
from benchmarks.intake import JSON, REPORT, make_site
from moderation.standalone.stack import open_stack

PORT = 8197
CLIENTS = 500
REPORTS = 200
BYTE_EVERY = 2.0
PATHS = ("/desk/sign-in", "/api/v1/reports", "/report")


class SlowClients:
    """Connections from loopback addresses. Each sends one byte at intervals, and reconnects if closed."""

    def __init__(self, addresses: int) -> None:
        self.addresses = addresses
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        self.thread.start()
        time.sleep(3)

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        self.thread.join(10)

    def _run(self) -> None:
        clients = [self._connect(number) for number in range(CLIENTS)]
        while not self.over.wait(BYTE_EVERY):
            for number, client in enumerate(clients):
                try:
                    client.send(b"x")
                except OSError:
                    client.close()
                    clients[number] = self._connect(number)
        for client in clients:
            client.close()

    def _connect(self, number: int) -> socket.socket:
        address = f"127.0.1.{number % self.addresses + 1}"
        client = socket.create_connection(("127.0.0.1", PORT), timeout=5, source_address=(address, 0))
        path = PATHS[number % len(PATHS)]
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        client.sendall(f"{head}Content-Length: 5000\r\n\r\na=".encode())
        return client


def main() -> None:
    """Measure without slow clients, with 500 from one address and with 500 from a hundred."""
    figures = Figures("slow_clients", ("flask", "granian"))
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        with open_stack(Path(directory) / "data", with_redis=True) as stack:
            headers = {**JSON, "X-Site-Key": make_site(stack.env)}
            with servers.ours(stack.env, PORT) as url:
                _measure(figures, "no_slow_clients", url, headers)
                for addresses in (1, 100):
                    with SlowClients(addresses):
                        _measure(figures, f"slow_clients_from_{addresses}", url, headers)
    figures.write()


def _measure(figures: Figures, name: str, url: str, headers: dict[str, str]) -> None:
    milliseconds, refused = [], 0
    for number in range(REPORTS):
        start = time.perf_counter()
        request = urllib.request.Request(url, (REPORT % number).encode(), headers, method="POST")
        try:
            urllib.request.urlopen(request, timeout=10).close()
        except (urllib.error.HTTPError, OSError):
            refused += 1
        milliseconds.append((time.perf_counter() - start) * 1000)
        time.sleep(0.02)
    start = time.perf_counter()
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/healthz", timeout=10) as answer:
        answer.read()
    figures.add(f"healthz_ms_with_{name}", (time.perf_counter() - start) * 1000, "<=200")
    figures.add(f"report_ms_p95_with_{name}", quantiles(milliseconds, n=100)[94], "<=200")
    figures.add(f"reports_refused_with_{name}", refused, "<=0")


if __name__ == "__main__":
    main()
