"""The Celery application: thin tasks that carry no data; the outbox says what is to do."""
