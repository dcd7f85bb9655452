"""What stops the stack from starting."""


class CannotStart(RuntimeError):
    """One clear line: what is in the way, and what to do."""
