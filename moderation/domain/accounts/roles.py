"""Roles on a site, from the weakest."""

from typing import Literal, get_args

OWNER: Literal["owner"] = "owner"


Role = Literal["viewer", "editor", "admin"]


ROLES: tuple[Role, ...] = get_args(Role)
"""From the weakest."""
