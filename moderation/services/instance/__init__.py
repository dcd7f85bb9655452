"""The instance as a whole: migrations and the demo."""
