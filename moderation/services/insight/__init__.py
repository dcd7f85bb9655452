"""Daily figures and their statistics."""
