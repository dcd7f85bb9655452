"""The outbox: messages stored together with their data, and done by the worker."""
