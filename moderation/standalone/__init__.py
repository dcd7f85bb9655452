"""Everything on one machine: embedded PostgreSQL and Redis, web, worker and scheduler under one supervisor."""
