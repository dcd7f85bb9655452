"""The worker's Celery application: `celery -A worker.app`, or `corrigenda worker`."""

from celery.signals import setup_logging

from moderation.broker import Nudge, make_celery, make_redis
from moderation.database import make_engine, make_sessions
from moderation.logs import configure_logs
from moderation.services.notify.mail import Mailer
from moderation.services.pages.fetch import Fetcher
from moderation.settings import Settings
from worker.tasks import register

settings = Settings.from_env()
app = make_celery(settings)
_redis = make_redis(settings)
register(
    app,
    make_sessions(make_engine(settings)),
    _redis,
    nudge=Nudge(app, _redis),
    fetcher=Fetcher(private=settings.private_hosts),
    mailer=Mailer(settings.smtp_url, settings.mail_from, settings.base_url, settings.secret_key),
)


@setup_logging.connect  # type: ignore[untyped-decorator]
def _logs(**_: object) -> None:
    configure_logs()
