"""Generated requests against the OpenAPI document."""
