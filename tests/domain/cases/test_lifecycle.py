from itertools import product

import pytest

from moderation.domain.cases.lifecycle import ACTIONS, STATUSES, StepNotAllowed, after, allowed

TABLE = {
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


@pytest.mark.parametrize(("status", "action"), list(product(STATUSES, ACTIONS)))
def test_only_the_table(status, action):
    if (status, action) in TABLE:
        assert after(status, action) == TABLE[status, action]
        assert action in allowed(status)
    else:
        assert action not in allowed(status)
        with pytest.raises(StepNotAllowed, match=f"{status} does not allow {action}"):
            after(status, action)
