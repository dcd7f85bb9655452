"""The Celery application. Its tasks are thin and carry no data: the outbox holds the work."""
