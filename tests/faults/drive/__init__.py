"""Drive a running instance over HTTP with random readers, edited pages and editors: `make drive`."""
