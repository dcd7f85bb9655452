"""Rules for fetched pages: the recheck schedule, addresses, decoding, credits, states."""
