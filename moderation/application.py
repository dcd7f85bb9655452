"""The web application factory: settings, extensions, wiring, then the blueprints with their routes."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from moderation import api, desk, reader
from moderation.api.report_endpoint import ReportEndpoint, reports_to
from moderation.broker import Nudge, make_celery, make_redis
from moderation.domain.sites.limits import REPORT_BYTES
from moderation.logs import configure_logs
from moderation.paths import TEMPLATES
from moderation.services.intake.accept import Intake
from moderation.services.intake.group_commit import GroupCommit
from moderation.services.intake.limited_store import store_within_limits
from moderation.services.intake.report_limits import ReportLimits
from moderation.services.intake.single_use import SingleUse
from moderation.services.sites.directory import SiteDirectory
from moderation.services.sites.widget_health import WidgetHealth
from moderation.settings import Settings
from moderation.tracing import wants_traces
from moderation.web import compression, errors, language, probes, security, template_filters
from moderation.web.background_nudge import BackgroundNudge
from moderation.web.body_guard import BodyGuard
from moderation.web.canonical_request import canonical_requests
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
from moderation.web.request_log import RequestLog
from moderation.web.wiring import Wiring


def make_application(settings: Settings) -> Flask:
    """Make the web application, ready to serve."""
    configure_logs()
    app = Application("moderation", template_folder=str(TEMPLATES))
    app.config.update(_flask_config(settings))
    log = RequestLog(settings)
    log.register(app)  # first, so that it measures all others
    compression.register(app)
    security.register(app)  # before the extensions, so that its check runs before theirs
    for extension in (db, csrf, bootstrap, limiter, login_manager):
        extension.init_app(app)
    babel.init_app(app, locale_selector=language.select_locale)
    with app.app_context():
        keep_deadlines(*db.engines.values())
        watch_commits()
        parts = app.extensions["corrigenda"] = _wire(settings)
        if settings.metrics_port:
            serve_metrics(settings.metrics_host, settings.metrics_port, db.engine, make_redis(settings))
        trace_reports: Callable[[WsgiApp], WsgiApp] | None = None
        if wants_traces():
            from moderation.otel.web import trace_web  # noqa: PLC0415 - an extra

            trusts_proxy = settings.trusted_proxies > 0
            trace_reports = trace_web(app, db.engines.values(), log, trusts_proxy=trusts_proxy)
    for part in (errors, language, template_filters, probes, api, desk, reader):
        part.register(app)
    endpoint: WsgiApp = ReportEndpoint(parts, log, app.wsgi_app)
    _wrap(app, trace_reports(endpoint) if trace_reports else endpoint, settings)
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


def _wrap(app: Flask, endpoint: WsgiApp, settings: Settings) -> None:
    """Wrap the application: the body is read, then the deadline starts, then the request takes a place.

    Last of all the answer is sent. Behind a proxy all connections are the proxy's, and none is cut.
    """
    capacity = Capacity(reports_to(endpoint, app.wsgi_app))
    wrapped = RequestDeadline(capacity)
    hops = settings.trusted_proxies
    if hops:
        inner: WsgiApp = ProxyFix(wrapped, x_for=hops, x_proto=hops, x_host=hops)
        guarded: WsgiApp = DownloadGuard(inner, None)
    else:
        cut = partial(cut_connections, settings.port)
        guarded = capacity.before_body(DownloadGuard(BodyGuard(wrapped, cut), cut))
    app.wsgi_app = canonical_requests(guarded)  # type: ignore[method-assign, assignment]


def _wire(settings: Settings) -> Wiring:
    engine, redis = db.engines[INTAKE], make_redis(settings)
    nudge = BackgroundNudge(Nudge(make_celery(settings, redis_seconds=0.5), redis))
    limits = ReportLimits(
        make_redis(settings, seconds=0.2), reader=settings.reader_limit, site=settings.site_limit
    )
    store = partial(store_within_limits, limits, engine)
    return Wiring(
        settings=settings,
        sessions=own_sessions(),
        sites=SiteDirectory(db.engine, settings.site_cache_seconds),
        redis=redis,
        single_use=SingleUse(redis),
        intake=Intake(GroupCommit(store, stored=nudge, seconds_left=seconds_left).add),
        widget_health=WidgetHealth(redis),
        limits=limits,
    )
