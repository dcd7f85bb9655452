"""The outbox: messages stored with the data, done by the worker."""
