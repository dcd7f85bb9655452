"""Put each report into a case."""
