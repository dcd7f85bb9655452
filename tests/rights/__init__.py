"""Every route with every role: the table by place, and the test that holds it against the service."""
