"""Which selections speak of the same mistake.

All selections of a page are grouped at once, the narrowest first, whenever a new one comes: the groups then
cannot depend on the order of arrival. (In order of arrival, plain overlap measured 0.985 precision.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

from moderation.domain.text.fragments import Span


@dataclass(frozen=True, slots=True)
class Selection:
    """What some readers selected, as whole words; with a correction, what it changes.

    `fixed` names a group that it stays in whatever comes: a decided case's, or one that an editor made.
    """

    span: Span
    corrects: bool = False
    fixed: int | None = None


@dataclass(slots=True)
class _Group:
    span: Span
    """What a further selection must overlap."""
    open: bool
    """Whether it takes in wider selections. One that holds several groups stands alone."""


def group(selections: Sequence[Selection]) -> list[int]:
    """For each selection the number of its group.

    A selection joins the group that it overlaps. One that overlaps several joins the one it shares most
    with when it corrects something, since its span is then its change; else it says nothing about any one
    of them, and stands alone. Fixed groups have the numbers that their selections name; others follow.
    """
    groups: dict[int, _Group] = {}
    answer: dict[int, int] = {}
    for index, selection in enumerate(selections):
        if selection.fixed is not None:
            answer[index] = selection.fixed
            known = groups.get(selection.fixed)
            if known is None or _width(selection.span) < _width(known.span):
                groups[selection.fixed] = _Group(selection.span, open=True)
    free = [index for index, selection in enumerate(selections) if selection.fixed is None]
    following = max(groups, default=-1) + 1
    for index in sorted(free, key=lambda index: _order(selections[index])):
        selection = selections[index]
        chosen = _choose(selection, groups)
        if chosen is None:
            chosen = following
            following += 1
            alone = sum(1 for one in groups.values() if one.open and one.span.shared(selection.span)) > 1
            groups[chosen] = _Group(selection.span, open=not alone)
        answer[index] = chosen
    return [answer[index] for index in range(len(selections))]


def _choose(selection: Selection, groups: dict[int, _Group]) -> int | None:
    for number, known in groups.items():
        if known.span == selection.span:
            return number
    sharing = [
        (known.span.shared(selection.span) / _union(known.span, selection.span), -number)
        for number, known in groups.items()
        if known.open and known.span.shared(selection.span)
    ]
    if not sharing or (len(sharing) > 1 and not selection.corrects):
        return None
    return -max(sharing)[1]


def _order(selection: Selection) -> tuple[int, bool, Span]:
    return _width(selection.span), not selection.corrects, selection.span


def _width(span: Span) -> int:
    return span.end - span.start


def _union(a: Span, b: Span) -> int:
    return max(a.end, b.end) - min(a.start, b.start)
