"""Corrections in a real WordPress, in Git and in an endpoint: `make test-integrations`."""
