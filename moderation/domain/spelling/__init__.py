"""The spell checker: what could replace a passage that readers report."""
