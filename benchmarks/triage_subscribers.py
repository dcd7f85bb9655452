"""Triage with and without subscribers, in turn: what events and deliveries cost the worker."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from statistics import median
from threading import Event, Thread

from sqlalchemy import Engine, delete
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from benchmarks import servers
from benchmarks.figures import Figures
from moderation.broker import DELIVER, make_celery
from moderation.database import make_sessions
from moderation.models import Delivery, DeliveryBatch, Site, Subscriber
from moderation.models.event import EVENT_TYPES
from moderation.services.notify.webhook_secrets import set_secret
from moderation.services.outbox.jobs import make_relay
from moderation.services.sites.add import add_site
from moderation.settings import Settings

ROUNDS = 5
WEBHOOKS = 2
_NUDGE_SECONDS = 0.25


def with_subscribers(
    figures: Figures, env: dict[str, str], engine: Engine, session: Session, fill: Callable[[Site, str], None]
) -> None:
    """Drain the same reports for a site without subscribers and for one with two webhooks.

    The worker of the deliveries runs beside, in its own process, and sends to a receiver in another.
    `fill` stores reports of a site with their outbox messages.
    """
    with _receiver() as host:
        env = {**env, "CORRIGENDA_PRIVATE_HOSTS": host}
        settings = Settings.from_env(env)
        plain, heard = (add_site(session, name, ["https://news.example"]) for name in ("Plain", "Heard"))
        for number in range(WEBHOOKS):
            _subscribe(session, settings, heard, f"http://{host}/{number}")
        rates: dict[str, list[float]] = {"Plain": [], "Heard": []}
        sent = 0
        with servers.worker(env, "deliveries"):
            for number in range(ROUNDS):
                for site in (plain, heard) if number % 2 else (heard, plain):
                    fill(site, f"subscribers/{number}")
                    rates[site.name].append(_drain(engine, settings))
                    sent += _drop_deliveries(session)
    assert sent, "the sender sent nothing"
    figures.add("deliveries_sent_meanwhile", sent)
    figures.add("reports_per_second_with_2_webhooks", median(rates["Heard"]))
    pairs = zip(rates["Heard"], rates["Plain"], strict=True)
    figures.add("triage_with_2_webhooks_over_without", median(one / other for one, other in pairs), ">=0.9")


def _subscribe(session: Session, settings: Settings, site: Site, url: str) -> None:
    webhook = Subscriber(
        id=uuid7(), site_id=site.id, kind="webhook", name=url, hears=list(EVENT_TYPES),
        settings={"url": url}, is_operators=True,
    )  # fmt: skip
    set_secret(settings.secret_keys, webhook)
    session.add(webhook)
    session.commit()


def _drain(engine: Engine, settings: Settings) -> float:
    """Drain the outbox while deliveries are sent. Returns reports per second."""
    with _nudging(settings):
        began = time.perf_counter()
        done = make_relay(make_sessions(engine), lambda: datetime.now(UTC)).drain()
        return done / (time.perf_counter() - began)


@contextmanager
def _nudging(settings: Settings) -> Iterator[None]:
    """Have deliveries sent all the time, as the schedule does every two seconds."""
    over = Event()
    celery = make_celery(settings)

    def nudge() -> None:
        while not over.wait(_NUDGE_SECONDS):
            celery.send_task(DELIVER)

    thread = Thread(target=nudge)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _drop_deliveries(session: Session) -> int:
    """Delete all deliveries: no round slows down the next one. Returns how many were sent."""
    session.execute(delete(DeliveryBatch))
    results = session.scalars(delete(Delivery).returning(Delivery.result)).all()
    session.commit()
    return results.count("sent")


@contextmanager
def _receiver() -> Iterator[str]:
    """Run a receiver that accepts everything in its own process. Yields host:port."""
    spawn = get_context("spawn")
    near, far = spawn.Pipe()
    process = spawn.Process(target=_receive, args=(far,), daemon=True)
    process.start()
    far.close()  # if the receiver dies, reading ends with an error
    try:
        yield f"127.0.0.1:{near.recv()}"
    finally:
        process.terminate()
        process.join(30)


def _receive(ready: Connection) -> None:
    os.nice(19)  # it stands for a server on another machine
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Accept)
    ready.send(server.server_port)
    server.serve_forever()


class _Accept(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Log nothing."""
