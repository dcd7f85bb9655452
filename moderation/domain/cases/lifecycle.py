"""What may become of a case. The only place that knows."""

from typing import Literal, get_args

Status = Literal["open", "accepted", "rejected", "spam", "fixed"]
Action = Literal["accept", "reject", "spam", "fix", "reopen"]

STATUSES: tuple[Status, ...] = get_args(Status)
ACTIONS: tuple[Action, ...] = get_args(Action)

_STEPS: dict[tuple[Status, Action], Status] = {
    ("open", "accept"): "accepted",
    ("open", "reject"): "rejected",
    ("open", "spam"): "spam",
    ("open", "fix"): "fixed",
    ("accepted", "fix"): "fixed",
    ("accepted", "reopen"): "open",
    ("rejected", "reopen"): "open",
    ("spam", "reopen"): "open",
    ("fixed", "reopen"): "open",
}


class StepNotAllowed(ValueError):
    """The case's status does not allow this action."""

    def __init__(self, status: Status, action: Action) -> None:
        super().__init__(f"a case that is {status} does not allow {action}")
        self.status = status
        self.action = action


def after(status: Status, action: Action) -> Status:
    """The status that `action` leads to. Raises StepNotAllowed."""
    try:
        return _STEPS[status, action]
    except KeyError:
        raise StepNotAllowed(status, action) from None


def allowed(status: Status) -> tuple[Action, ...]:
    """The actions that a case in this status allows, in the order of ACTIONS."""
    return tuple(action for action in ACTIONS if (status, action) in _STEPS)
