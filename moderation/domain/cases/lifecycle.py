"""The life of a case: its statuses, the actions that lead from one to another, and their causes."""

from typing import Literal, get_args

Status = Literal["open", "accepted", "rejected", "spam", "fixed"]
Action = Literal["accept", "reject", "spam", "fix", "reopen"]
Cause = Literal[
    "editor",
    "merged",
    "emptied",
    "withdrawn",
    "scored_as_spam",
    "insisted",
    "seen_mended",
    "back_on_page",
]
"""Why a decision was made. `editor`: a person decided; every other cause is the system's."""

STATUSES: tuple[Status, ...] = get_args(Status)
ACTIONS: tuple[Action, ...] = get_args(Action)
CAUSES: tuple[Cause, ...] = get_args(Cause)

WAITING: tuple[Status, ...] = ("open", "accepted")
"""The mistake is still on the page, as far as is known."""
DECIDED: tuple[Status, ...] = ("accepted", "fixed", "rejected", "spam")
"""An editor or the system decided: every status but open."""
CLOSED: tuple[Status, ...] = ("fixed", "rejected", "spam")
"""Nothing more is expected."""
DISMISSED: tuple[Status, ...] = ("rejected", "spam")
"""There is no mistake, the editors say. Enough new readers reopen such a case."""

BOOKKEEPING: tuple[Cause, ...] = ("merged", "emptied", "withdrawn")
"""The case lost its reports; nobody judged the mistake. Such decisions do not count in statistics."""

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
STATUS_AFTER: dict[Action, Status] = {action: status for (_before, action), status in _STEPS.items()}
"""Each action leads to one status, whatever the status was."""


class StepNotAllowed(ValueError):
    """The case's status does not allow this action."""

    def __init__(self, status: Status, action: Action, *, is_empty: bool = False) -> None:
        what = (
            "a case whose reports are gone (merged, regrouped, withdrawn)"
            if is_empty
            else f"a case that is {status}"
        )
        super().__init__(f"{what} does not allow {action}")
        self.status = status
        self.action = action
        self.is_empty = is_empty


class CorrectionNotAllowed(ValueError):
    """The action carries no correction."""

    def __init__(self, action: Action) -> None:
        super().__init__(f"The action {action} carries no correction. Leave it out.")
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


def carries_correction(action: Action) -> bool:
    """Return whether the editor may send a correction with this action."""
    return action in ("accept", "fix")


def default_correction(action: Action, suggested: str | None) -> str | None:
    """The correction of an action that was sent without one: to accept means the best suggestion."""
    return suggested if action == "accept" else None
