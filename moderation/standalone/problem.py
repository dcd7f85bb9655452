"""The error that stops the stack from starting."""


class CannotStart(RuntimeError):
    """One clear line: what is wrong, and what to do."""
