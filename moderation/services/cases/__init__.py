"""Read and decide cases: queue, search, decisions, bulk, export."""
