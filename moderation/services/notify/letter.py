"""The data of a mail."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letter:
    """The data of a mail to one person, before it is rendered."""

    to: str
    lang: str
    template: str
    """Name in templates/email/letters, without its ending."""
    values: Mapping[str, str]
