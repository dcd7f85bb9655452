"""Plan which case each selection of a page belongs to."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from moderation.domain.cases.grouping import Selection, group
from moderation.domain.cases.votes import Claim, surviving
from moderation.domain.text.fragments import PAGE_TEXT


@dataclass(frozen=True, slots=True)
class Member:
    """A selection, and the case that it is in. A new selection is in none."""

    id: UUID
    selection: Selection
    case_id: UUID | None = None
    report_count: int = 1
    pinned: bool = False
    """An editor put it into its case."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Facts about a case that the plan uses."""

    is_open: bool = True
    has_history: bool = False
    """It was decided before, or an editor is assigned."""
    is_partial: bool = False
    """It has selections that the plan does not see. The plan leaves such a case as it is."""


@dataclass(slots=True)
class Plan:
    """The changes of selections and cases. Every selection is in exactly one of keep, move and open."""

    keep: dict[UUID, UUID] = field(default_factory=dict)
    """Selections that stay in their case."""
    move: dict[UUID, UUID] = field(default_factory=dict)
    """Selections, new ones too, that go into another case which exists."""
    open: list[list[UUID]] = field(default_factory=list)
    """Selections that get a new case together, the narrowest first. No list is empty."""
    empty: list[UUID] = field(default_factory=list)
    """Open cases that lose all their selections."""


def plan(members: Sequence[Member], cases: Mapping[UUID, CaseFacts]) -> Plan:
    """Plan the cases of all selections of a page; `cases` has the case of every member.

    Selections stay in their case if the case is decided, if an editor put them there, or if the plan does not
    see all selections of the case: the missing ones could show another mistake. Any other case keeps the
    selections that show its mistake best (`surviving`).
    """
    fixed = _fixed_cases(members, cases)
    selections = [
        replace(
            member.selection, fixed=fixed[member.case_id] if _stays(member, cases[member.case_id]) else None
        )
        if member.case_id is not None
        else member.selection
        for member in members
    ]
    while True:
        numbers = group(selections)
        groups: dict[int, list[int]] = defaultdict(list)
        for index in sorted(range(len(members)), key=lambda at: (selections[at].width, members[at].id)):
            groups[numbers[index]].append(index)
        owners = {number: case_id for case_id, number in fixed.items() if number in groups}
        joined = {
            number: number
            for number, case_id in owners.items()
            if cases[case_id].is_partial or not cases[case_id].is_open
        }
        owners |= surviving(_claims(members, cases, groups, owners))
        joined |= _adopted(members, selections, numbers, groups, owners)
        # Fix what joined such a case, and group the others again: the next plan would do the same.
        if not _fix(selections, groups, joined):
            return _answer(members, cases, groups, owners)


def _fix(selections: list[Selection], groups: Mapping[int, list[int]], joined: Mapping[int, int]) -> bool:
    """Fix the free selections of groups that joined a fixed group. Returns whether there were any."""
    free = [
        (index, number)
        for joining, number in joined.items()
        for index in groups[joining]
        if selections[index].fixed is None
    ]
    for index, number in free:
        selections[index] = replace(selections[index], fixed=number)
    return bool(free)


def _stays(member: Member, facts: CaseFacts) -> bool:
    return member.pinned or facts.is_partial or not facts.is_open


def _fixed_cases(members: Sequence[Member], cases: Mapping[UUID, CaseFacts]) -> dict[UUID, int]:
    """Return the cases that keep selections, and the number of the group of each: older cases first."""
    ids = {
        member.case_id
        for member in members
        if member.case_id is not None and _stays(member, cases[member.case_id])
    }
    return {case_id: number for number, case_id in enumerate(sorted(ids))}


def _claims(
    members: Sequence[Member],
    cases: Mapping[UUID, CaseFacts],
    groups: Mapping[int, list[int]],
    owners: Mapping[int, UUID],
) -> list[Claim]:
    """Return the claims of open cases: each claims the groups without an owner that hold its selections."""
    taken = set(owners.values())
    by_case: dict[UUID, dict[int, list[Member]]] = defaultdict(lambda: defaultdict(list))
    for number, indexes in groups.items():
        for member in (members[index] for index in indexes):
            if number not in owners and member.case_id is not None and member.case_id not in taken:
                by_case[member.case_id][number].append(member)
    claims = []
    for case_id, by_group in by_case.items():
        narrowest = min(by_group, key=lambda number: (by_group[number][0].selection.width, number))
        for number, own in by_group.items():
            claims.append(
                Claim(
                    case_id,
                    number,
                    is_best=number == narrowest,
                    has_history=cases[case_id].has_history,
                    width=own[0].selection.width,
                    reports=sum(member.report_count for member in own),
                )
            )
    return claims


def _adopted(
    members: Sequence[Member],
    selections: Sequence[Selection],
    numbers: Sequence[int],
    groups: Mapping[int, list[int]],
    owners: Mapping[int, UUID],
) -> dict[int, int]:
    """Return which group without an owner joins which fixed group: the narrowest one, at most one each."""
    adopters: dict[int, int] = {}
    inside = _Inside(selections, numbers)
    for number, indexes in groups.items():
        adopter = None if number in owners else _adopter(selections, numbers, indexes[0], inside)
        if adopter is not None and {members[index].case_id for index in indexes} <= {None, owners[adopter]}:
            adopters.setdefault(adopter, number)
    return {number: adopter for adopter, number in adopters.items()}


class _Inside:
    """The groups of the selections that each fixed selection covers, looked up once for all new ones."""

    def __init__(self, selections: Sequence[Selection], numbers: Sequence[int]) -> None:
        self._selections, self._numbers = selections, numbers
        self._known: dict[int, set[int]] = {}

    def of(self, index: int) -> set[int]:
        """Return the groups inside the fixed selection at an index."""
        if index not in self._known:
            wide = self._selections[index]
            self._known[index] = {
                number
                for number, other in zip(self._numbers, self._selections, strict=True)
                if other.width < wide.width and (other.fixed == wide.fixed or other.overlap(wide))
            }
        return self._known[index]


def _adopter(
    selections: Sequence[Selection], numbers: Sequence[int], index: int, inside: _Inside
) -> int | None:
    """Return the fixed group whose wider selection covers this new one and no other mistake.

    Somebody reported the sentence, and the case was decided. The first reader who selects a word of that
    sentence means the same mistake. A second reader, with another word, means another one. The first word
    counts also if the page lost it, so that nothing shows where it stood. A word that the page still holds,
    while it lost the sentence, is another mistake: the sentence was edited, and the word was left.
    """
    new = selections[index]
    best: tuple[float, int] | None = None
    for at, wide in enumerate(selections):
        was_left = new.span.text == PAGE_TEXT != wide.span.text
        if wide.fixed is None or was_left or not new.overlap(wide):
            continue
        if inside.of(at) == {numbers[index]} and (best is None or new.overlap(wide) > best[0]):
            best = new.overlap(wide), wide.fixed
    return best[1] if best else None


def _answer(
    members: Sequence[Member],
    cases: Mapping[UUID, CaseFacts],
    groups: Mapping[int, list[int]],
    owners: Mapping[int, UUID],
) -> Plan:
    answer = Plan()
    for number, indexes in groups.items():
        owner = owners.get(number)
        if owner is None:
            answer.open.append([members[index].id for index in indexes])
            continue
        for member in (members[index] for index in indexes):
            (answer.keep if member.case_id == owner else answer.move)[member.id] = owner
    filled = {*answer.keep.values(), *answer.move.values()}
    answer.empty = sorted(
        case_id
        for case_id, facts in cases.items()
        if facts.is_open and not facts.is_partial and case_id not in filled
    )
    return answer
