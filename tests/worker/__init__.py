"""Tests of the Celery tasks and the nudge."""
