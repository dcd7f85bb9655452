"""The web application factory: settings, extensions, wiring, then the blueprints with their routes."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from moderation import api, desk, reader
from moderation.broker import Nudge, make_celery, make_redis
from moderation.domain.sites.limits import REPORT_BYTES
from moderation.intake_application import make_intake, reports_to
from moderation.logs import configure_logs
from moderation.paths import TEMPLATES
from moderation.services.intake import store as report_store
from moderation.services.intake.accept import Intake
from moderation.services.intake.draft import Submission
from moderation.services.intake.group_commit import GroupCommit
from moderation.services.intake.single_use import SingleUse
from moderation.services.intake.store import KeyReused
from moderation.services.sites.directory import SiteDirectory
from moderation.services.sites.widget_health import WidgetHealth
from moderation.settings import Settings
from moderation.tracing import wants_traces
from moderation.web import compression, errors, language, probes, request_log, security, template_filters
from moderation.web.background_nudge import BackgroundNudge
from moderation.web.body_guard import BodyGuard
from moderation.web.capacity import Capacity
from moderation.web.commits import watch_commits
from moderation.web.connections import cut_connections
from moderation.web.database_deadline import INTAKE_ENGINE_OPTIONS, WEB_ENGINE_OPTIONS, keep_deadlines
from moderation.web.deadline import RequestDeadline, seconds_left
from moderation.web.download_guard import DownloadGuard
from moderation.web.early_refusal import WsgiApp
from moderation.web.extensions import (
    INTAKE,
    babel,
    bootstrap,
    csrf,
    db,
    limiter,
    login_manager,
    own_sessions,
)
from moderation.web.flask_application import Application
from moderation.web.metrics_server import serve_metrics
from moderation.web.report_limits import ReportLimits
from moderation.web.wiring import Wiring


def make_application(settings: Settings) -> Flask:
    """Make the web application, ready to serve."""
    configure_logs()
    app = Application("moderation", template_folder=str(TEMPLATES))
    app.config.update(_flask_config(settings))
    request_log.register(app, settings)  # first, so that it measures all others
    compression.register(app)
    security.register(app)  # before the extensions, so that its check runs before theirs
    for extension in (db, csrf, bootstrap, limiter, login_manager):
        extension.init_app(app)
    babel.init_app(app, locale_selector=language.select_locale)
    intake = make_intake(app, settings)
    with app.app_context():
        keep_deadlines(*db.engines.values())
        watch_commits()
        app.extensions["corrigenda"] = _wire(settings)
        if settings.metrics_port:
            serve_metrics(settings.metrics_host, settings.metrics_port, db.engine, make_redis(settings))
        if wants_traces():
            from moderation.otel.web import trace_web  # noqa: PLC0415 - an extra

            trace_web((app, intake), db.engines.values(), trusts_proxy=settings.trusted_proxies > 0)
    for part in (errors, language, template_filters, probes, api, desk, reader):
        part.register(app)
    _wrap(app, intake, settings)
    return app


def _flask_config(settings: Settings) -> dict[str, Any]:
    """Return what Flask and its extensions read from `app.config`."""
    return {
        "SECRET_KEY": settings.secret_keys.current,
        "SECRET_KEY_FALLBACKS": list(settings.secret_keys.fallbacks),
        "WTF_CSRF_SECRET_KEY": settings.secret_keys.oldest_first(),
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": WEB_ENGINE_OPTIONS,
        "SQLALCHEMY_BINDS": {INTAKE: {"url": settings.sqlalchemy_url, **INTAKE_ENGINE_OPTIONS}},
        "MAX_CONTENT_LENGTH": REPORT_BYTES,
        "RATELIMIT_STORAGE_URI": settings.limits_url,
        "RATELIMIT_STORAGE_OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_NAME": security.cookie_name("corrigenda_session", settings),
        "REMEMBER_COOKIE_SECURE": settings.is_https,
        "BOOTSTRAP_SERVE_LOCAL": True,
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "WTF_CSRF_TIME_LIMIT": None,
    }


def _wrap(app: Flask, intake: Flask, settings: Settings) -> None:
    """Wrap the application: the body is read, then the deadline starts, then the request takes a place.

    Last of all the answer is sent. Behind a proxy all connections are the proxy's, and none is cut.
    """
    capacity = Capacity(reports_to(intake.wsgi_app, app.wsgi_app))
    wrapped = RequestDeadline(capacity)
    hops = settings.trusted_proxies
    if hops:
        inner: WsgiApp = ProxyFix(wrapped, x_for=hops, x_proto=hops, x_host=hops)
        app.wsgi_app = DownloadGuard(inner, None)  # type: ignore[method-assign]
    else:
        cut = partial(cut_connections, settings.port)
        guarded = DownloadGuard(BodyGuard(wrapped, cut), cut)
        app.wsgi_app = capacity.before_body(guarded)  # type: ignore[method-assign, assignment]


def _wire(settings: Settings) -> Wiring:
    engine, redis = db.engines[INTAKE], make_redis(settings)
    nudge = BackgroundNudge(Nudge(make_celery(settings, redis_seconds=0.5), redis))

    def store(submissions: Sequence[Submission]) -> list[UUID | KeyReused]:
        return report_store.store(engine, submissions)

    return Wiring(
        settings=settings,
        sessions=own_sessions(),
        sites=SiteDirectory(db.engine, settings.site_cache_seconds),
        redis=redis,
        single_use=SingleUse(redis),
        intake=Intake(GroupCommit(store, stored=nudge, seconds_left=seconds_left).add),
        widget_health=WidgetHealth(redis),
        limits=ReportLimits(settings.limits_url, reader=settings.reader_limit, site=settings.site_limit),
    )
