"""The order of a site's due pages: a flood of addresses with one path does not come before other pages."""

MOST_SIBLINGS = 256
"""Pages of one path that are counted. From there on all have the last turn."""

FIRST_TURN = 0
LAST_TURN = MOST_SIBLINGS.bit_length()


def turn_among(siblings: int) -> int:
    """Return the turn of a new page. `siblings` is the number of due pages with the same path.

    1 sibling makes turn 1, 2 and 3 make turn 2, up to 7 make turn 3, and so on. The lowest turn is read
    first, so paths with few pages come before paths with many.
    """
    return min(siblings, MOST_SIBLINGS).bit_length()
