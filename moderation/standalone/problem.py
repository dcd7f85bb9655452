"""The error that stops the stack from starting."""


class CannotStart(RuntimeError):
    """The stack cannot start. The text is one line with the cause and the remedy."""
