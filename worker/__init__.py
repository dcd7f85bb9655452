"""Celery: thin tasks that carry nothing; the outbox says what there is to do."""
