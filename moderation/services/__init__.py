"""Use cases: one a file, one transaction a call. They know no HTTP and no queue."""
