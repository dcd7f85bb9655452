"""Celery on Redis: the web processes send nudges, and the worker receives them."""

import time
from collections.abc import Callable

import structlog
from celery import Celery
from kombu.exceptions import OperationalError
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError
from redis.retry import Retry

from moderation.settings import Settings

DRAIN = "corrigenda.drain_outbox"
SEND_MAIL = "corrigenda.send_mail"
DELIVER = "corrigenda.deliver"
RECHECK = "corrigenda.recheck_pages"
CHECK_INSTALLS = "corrigenda.check_installs"
BEAT = "corrigenda.heartbeat"
CLEAN_UP = "corrigenda.clean_up"
TALLY = "corrigenda.tally"
BACKUP = "corrigenda.backup"
POLL = "corrigenda.poll_telegram"
APPLY = "corrigenda.apply_corrections"

QUEUES = {
    "work": "corrigenda",
    "fetch": "corrigenda.fetch",
    "mail": "corrigenda.mail",
    "deliveries": "corrigenda.deliveries",
    "upkeep": "corrigenda.upkeep",
    "apply": "corrigenda.apply",
}
"""Celery queues, by their names in `corrigenda worker --queues`. No kind of work waits for another kind."""

_ROUTES = {
    RECHECK: "fetch",
    CHECK_INSTALLS: "fetch",
    SEND_MAIL: "mail",
    DELIVER: "deliveries",
    POLL: "deliveries",
    APPLY: "apply",
    TALLY: "upkeep",
    CLEAN_UP: "upkeep",
    BACKUP: "upkeep",
}

HEARTBEAT = "corrigenda:worker:heartbeat"
_NUDGED = "corrigenda:nudged"

# A nudge that no worker received within this time is sent again.
_NUDGE_SECONDS = 5
# If Redis is away, wait this long before the next attempt: a reader must not wait for Redis.
_PAUSE_SECONDS = 2

log = structlog.get_logger()


def make_celery(settings: Settings, redis_seconds: float = 5) -> Celery:
    """Make the Celery application. It fails fast: no work is lost, because the outbox holds it.

    `redis_seconds` is how long it waits for an answer of Redis.
    """
    celery = Celery("corrigenda", broker=settings.celery_url)
    celery.conf.update(
        task_ignore_result=True,
        task_publish_retry=False,
        task_serializer="json",
        accept_content=["json"],
        task_default_queue=QUEUES["work"],
        task_routes={task: {"queue": QUEUES[name]} for task, name in _ROUTES.items()},
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "socket_connect_timeout": 0.5,
            "socket_timeout": redis_seconds,
            "max_retries": 1,
            "interval_start": 0,
        },
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        timezone="UTC",
    )
    return celery


def make_redis(settings: Settings, seconds: float = 0.5) -> Redis:
    """Make a Redis client that fails after `seconds` without an answer, so that no request waits for Redis.

    It tries again on a new connection if an old one was closed, but not without an answer: Redis may still
    run the first command, and would count twice.
    """
    return Redis.from_url(
        settings.redis_url,
        socket_connect_timeout=seconds,
        socket_timeout=seconds,
        retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
    )


def ask_recheck(celery: Celery) -> None:
    """Tell the worker to read due pages now. Without Redis the schedule finds them seconds later."""
    try:
        celery.send_task(RECHECK)
    except (RedisError, OperationalError, OSError) as error:
        log.warning("recheck.not_asked", error=str(error))


class Nudge:
    """Tells the worker that the outbox has work. A nudge can fail: the sweep finds work without a nudge.

    A flag in Redis prevents needless nudges: while one waits for the worker, a second one adds nothing. The
    worker clears the flag before it reads the outbox, so a report committed after that nudges again.
    """

    def __init__(self, celery: Celery, redis: Redis, clock: Callable[[], float] = time.monotonic) -> None:
        self._celery = celery
        self._redis = redis
        self._clock = clock
        self._not_before = 0.0

    def __call__(self) -> None:
        """Send a nudge, unless one is waiting already or Redis is away."""
        if self._clock() < self._not_before:
            return
        try:
            if self._redis.set(_NUDGED, 1, nx=True, ex=_NUDGE_SECONDS):
                self._celery.send_task(DRAIN)
        except (RedisError, OperationalError, OSError) as error:
            self._not_before = self._clock() + _PAUSE_SECONDS
            log.warning("nudge.not_sent", error=str(error))

    def received(self) -> None:
        """Clear the flag. The worker calls this before it reads the outbox; later work needs a new nudge."""
        try:
            self._redis.delete(_NUDGED)
        except RedisError as error:
            log.warning("nudge.flag_not_cleared", error=str(error), expires_seconds=_NUDGE_SECONDS)
