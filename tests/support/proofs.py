"""Solve challenges, as the widget does (static/widget/solve.js)."""

import base64
import json
from typing import Any

from altcha import Challenge, solve_challenge


def solved(challenge: dict[str, Any]) -> str:
    """Return the proof of a challenge of the API, for X-Proof."""
    found = solve_challenge(Challenge.from_dict(challenge))
    assert found is not None, "it was not solved in time"
    proof = {"challenge": challenge, "solution": found.to_dict()}
    return base64.b64encode(json.dumps(proof).encode()).decode()
