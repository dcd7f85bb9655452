"""Offer to undo a step: the next page shows a button that sends a form."""

import json
from dataclasses import asdict, dataclass, field

from flask import flash


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """The form that takes a step back: where it is sent, with which fields."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    is_of_many: bool = False
    """Whether several cases were decided together."""


def offer_undo(address: str, *, is_of_many: bool = False, **fields: str) -> None:
    """Show the button on the next page."""
    flash(json.dumps(asdict(UndoOffer(address, fields, is_of_many))), "undo")


def undo_offer(message: str) -> UndoOffer:
    """Return the offer in a flashed message."""
    return UndoOffer(**json.loads(message))
