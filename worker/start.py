"""Start the worker: `celery -A worker.start`. The application is loaded without garbage collection."""

from moderation.garbage import paused

with paused():
    from worker.app import app

__all__ = ["app"]
