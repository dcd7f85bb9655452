"""Rules for fetching pages: the recheck schedule, addresses, decoding, states."""
