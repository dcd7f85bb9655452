"""The error that stops the stack from starting."""


class CannotStart(RuntimeError):
    """The stack cannot start. The text is one line that says what is wrong and what to do."""
