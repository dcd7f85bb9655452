"""Offer a unix socket at a local port: a program in an image reaches its servers by TCP, as in compose."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path


def forward(path: Path) -> int:
    """Forward a new local port to the socket until this process ends, and return the port."""
    ready: list[int] = []
    is_ready = threading.Event()
    threading.Thread(target=lambda: asyncio.run(_serve(path, ready, is_ready)), daemon=True).start()
    is_ready.wait()
    return ready[0]


async def _serve(path: Path, ready: list[int], is_ready: threading.Event) -> None:
    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            far_reader, far_writer = await asyncio.open_unix_connection(path)
            await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    ready.append(server.sockets[0].getsockname()[1])
    is_ready.set()
    await server.serve_forever()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(65536):
            target.write(data)
            await target.drain()
    target.close()
