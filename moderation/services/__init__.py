"""Use cases: one per file, one transaction per call. They do not depend on HTTP or the queue."""
