from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.cases.grouping import Selection
from moderation.domain.cases.plan import CaseFacts, Member, plan
from moderation.domain.text.fragments import Span

WORD, SECOND_WORD, SENTENCE = (10, 18), (30, 37), (0, 90)


def case(number):
    return UUID(int=1000 + number)


def member(number, where, in_case=None, *, corrects=False, reports=1, pinned=False, text=0, contexts=None):
    selection = Selection(Span(text, *where), corrects, in_contexts=contexts and Span(1, *contexts))
    return Member(UUID(int=number), selection, None if in_case is None else case(in_case), reports, pinned)


def homes(members, made):
    """Where each selection ends: the number of a case, or a letter for each new case."""
    known = {**made.keep, **made.move}
    for letter, group in zip("abcdefgh", made.open, strict=False):
        known |= dict.fromkeys(group, letter)
    return [known[one.id] if isinstance(known[one.id], str) else known[one.id].int - 1000 for one in members]


def planned(members, *, closed=(), partial=(), history=()):
    ids = {one.case_id for one in members if one.case_id is not None}
    facts = {
        one: CaseFacts(one.int - 1000 not in closed, one.int - 1000 in history, one.int - 1000 in partial)
        for one in ids
    }
    made = plan(members, facts)
    return homes(members, made), [one.int - 1000 for one in made.empty]


def test_a_closed_case_adopts_no_selection_that_another_case_lost():
    members = [member(1, (100, 104), 1), member(2, SECOND_WORD, 1), member(3, SENTENCE, 2)]
    assert planned(members, closed={2}) == ([1, "a", 2], [])


def test_a_sentence_with_two_mistakes_leaves_the_case_of_the_first_and_gets_its_own():
    members = [member(1, WORD, 1), member(2, SENTENCE, 1, reports=9), member(3, SECOND_WORD)]
    assert planned(members) == ([1, "b", "a"], [])


def test_a_case_goes_with_its_narrowest_selection_even_when_the_wide_one_has_more_reports():
    members = [member(1, SENTENCE, 1, reports=50), member(2, WORD, 1), member(3, SECOND_WORD, 2)]
    homes, _ = planned(members)
    assert homes[1:] == [1, 2]


def test_two_cases_of_one_mistake_become_the_one_with_a_history():
    members = [member(1, WORD, 1, reports=5), member(2, WORD, 2, corrects=True)]
    assert planned(members) == ([1, 1], [2])
    assert planned(members, history=[2]) == ([2, 2], [1])


def test_a_selection_that_the_page_lost_stays_with_the_words_inside_it():
    members = [member(1, WORD, 1, contexts=WORD), member(2, SENTENCE, 1, text=1, contexts=SENTENCE)]
    assert planned(members) == ([1, 1], [])


def test_selections_that_come_apart_with_nothing_new_open_a_case():
    members = [member(1, WORD, 1), member(2, (500, 508), 1)]
    assert planned(members) == ([1, "a"], [])


def test_two_found_places_stay_apart_though_their_contexts_are_equal():
    members = [member(1, WORD, 1, contexts=WORD), member(2, (500, 508), 2, contexts=WORD)]
    assert planned(members) == ([1, 2], [])


def test_decided_and_pinned_selections_stay():
    members = [member(1, WORD, 1), member(2, WORD, 2), member(3, WORD, 3, pinned=True)]
    assert planned(members, closed=[1, 2]) == ([1, 2, 3], [])


def test_an_equal_selection_joins_every_member_of_a_merged_case():
    members = [
        member(1, WORD, 1, pinned=True),
        member(2, SECOND_WORD, 1, pinned=True),
        member(3, SECOND_WORD, corrects=True),
        member(4, SENTENCE),
    ]
    assert planned(members) == ([1, 1, 1, 1], [])


def test_the_first_word_of_a_decided_sentence_joins_it_and_the_second_does_not():
    decided = member(1, SENTENCE, 1)
    assert planned([decided, member(2, WORD)], closed=[1]) == ([1, 1], [])
    members = [decided, member(2, WORD, 1), member(3, SECOND_WORD)]
    assert planned(members, closed=[1]) == ([1, 1, "a"], [])


def test_a_decided_sentence_takes_no_second_word_after_its_page_lost_the_first():
    members = [member(1, SENTENCE, 1), member(2, WORD, 1, text=2), member(3, SECOND_WORD)]
    assert planned(members, closed=[1]) == ([1, 1, "a"], [])


def test_a_decided_sentence_takes_no_word_that_its_page_left_when_it_edited_the_sentence():
    members = [member(1, SENTENCE, 1, text=2, contexts=SENTENCE), member(2, WORD, contexts=WORD)]
    assert planned(members, closed=[1]) == ([1, "a"], [])


def test_a_decided_sentence_never_swallows_the_open_case_of_a_word():
    members = [member(1, SENTENCE, 1), member(2, WORD, 2), member(3, SECOND_WORD, 3)]
    assert planned(members, closed=[1]) == ([1, 2, 3], [])


def test_a_case_that_is_not_seen_whole_stays_as_it_is():
    members = [member(1, WORD, 1), member(2, SENTENCE, 1), member(3, SECOND_WORD)]
    assert planned(members, partial=[1]) == ([1, 1, "a"], [])


def test_an_open_case_without_selections_is_empty():
    assert plan([], {case(1): CaseFacts(), case(2): CaseFacts(is_open=False)}).empty == [case(1)]


MEMBERS = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, 40), st.integers(1, 20), st.booleans(),
        st.none() | st.integers(1, 5), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


def members_of(rows):
    return [
        member(
            number, (start, start + width), in_case, corrects=corrects, text=text,
            contexts=(start, start + width) if text else None, pinned=pinned and in_case is not None,
        )
        for number, (text, start, width, corrects, in_case, pinned) in enumerate(rows)
    ]  # fmt: skip


def facts_of(members, closed, partial):
    ids = {one.case_id for one in members if one.case_id is not None}
    return {one: CaseFacts(one.int - 1000 not in closed, False, one.int - 1000 in partial) for one in ids}


FEW = st.sets(st.integers(1, 5))


@given(MEMBERS, FEW, FEW)
def test_every_selection_has_one_case_and_no_case_opens_without_one(rows, closed, partial):
    members = members_of(rows)
    facts = facts_of(members, closed, partial)
    made = plan(members, facts)
    opened = [one for group in made.open for one in group]
    assert sorted([*made.keep, *made.move, *opened]) == [one.id for one in members]
    assert all(made.open)
    filled = {*made.keep.values(), *made.move.values()}
    assert {one for one in facts if facts[one].is_open and not facts[one].is_partial} <= filled | {
        *made.empty
    }
    assert not filled & {*made.empty}
    for one in members:
        if one.case_id is not None and (one.pinned or not facts[one.case_id].is_open):
            assert made.keep[one.id] == one.case_id


@given(MEMBERS, FEW)
def test_a_plan_that_was_carried_out_leaves_nothing_to_do(rows, closed):
    members = members_of(rows)
    facts = facts_of(members, closed, ())
    made = plan(members, facts)
    homes = {**made.keep, **made.move}
    for number, group in enumerate(made.open):
        homes |= dict.fromkeys(group, case(100 + number))
    after = [Member(one.id, one.selection, homes[one.id], 1, one.pinned) for one in members]
    ids = set(homes.values())
    again = plan(after, {one: facts.get(one, CaseFacts()) for one in ids})
    assert (again.move, again.open, again.empty) == ({}, [], [])


@given(MEMBERS, FEW, st.randoms(use_true_random=False))
def test_the_order_of_the_selections_does_not_matter(rows, closed, random):
    members = members_of(rows)
    facts = facts_of(members, closed, ())
    shuffled = random.sample(members, len(members))
    first, second = plan(members, facts), plan(shuffled, facts)
    assert (first.keep, first.move, first.empty) == (second.keep, second.move, second.empty)
    assert sorted(map(sorted, first.open)) == sorted(map(sorted, second.open))


def test_many_new_words_inside_many_closed_passages_are_compared_once_with_each(monkeypatch):
    closed = [member(number, (0, 2000 + number), number) for number in range(1, 101)]
    words = [member(200 + number, (10 * number, 10 * number + 5)) for number in range(1, 51)]
    comparisons, compare = [], Selection.overlap
    monkeypatch.setattr(Selection, "overlap", lambda *two: comparisons.append(1) or compare(*two))
    made = plan([*closed, *words], {case(number): CaseFacts(is_open=False) for number in range(1, 101)})
    assert (len(made.keep), len(made.open)) == (100, 50)
    assert len(comparisons) < 3 * 150**2
