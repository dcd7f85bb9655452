"""Use cases: one per file, one transaction per call. They know no HTTP and no queue."""
