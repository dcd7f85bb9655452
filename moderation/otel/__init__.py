"""Traces with OpenTelemetry. Imported only if moderation/tracing.py says that they are wanted."""
