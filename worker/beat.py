"""The scheduler's Celery application: `celery -A worker.beat`, or `corrigenda scheduler`.

It is separate from the worker's application because it only sends the schedule: without the tasks it needs no
database and less memory.
"""

from celery.signals import setup_logging

from moderation.broker import make_celery
from moderation.logs import configure_logs
from moderation.settings import Settings
from worker.beat_schedule import SCHEDULE

app = make_celery(Settings.of_scheduler())
app.conf.beat_schedule = SCHEDULE
# The schedule needs no state file: every entry runs again within seconds.
app.conf.beat_scheduler = "celery.beat:Scheduler"


@setup_logging.connect  # type: ignore[untyped-decorator]
def _logs(**_: object) -> None:
    configure_logs()
