"""Structured logs: one JSON object per line on standard error."""

import logging
import sys

import structlog


class _StandardError(logging.Handler):
    """Write to the present standard error. A test gives each command another standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        print(self.format(record), file=sys.stderr, flush=True)


_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]


def make_formatter() -> logging.Formatter:
    """Make the formatter. granian_logs.json names it for the lines of the web server."""
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def configure_logs() -> None:
    """Render structlog's records, the standard library's records and warnings in the same way."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = _StandardError()
    handler.setFormatter(make_formatter())
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    for chatty in (
        "celery.worker.strategy",
        "celery.app.trace",
        "celery.beat",
        "alembic.runtime.plugins",
        "pymorphy3",
    ):
        logging.getLogger(chatty).setLevel(logging.WARNING)
