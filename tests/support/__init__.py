"""Helpers for tests: a running stack, a proxy, an identity provider, typos."""
