from moderation.services.outbox.turns import MOST_OF_A_PAGE, Turns, Waiting


def waiting(*pages):
    return [Waiting(number, page) for number, page in enumerate(pages)]


def test_reports_of_one_page_go_together():
    assert Turns().choose(waiting("a", "b", "a", "c", "b", "a"), 5) == [0, 2, 5, 1, 4]


def test_a_page_that_had_its_turn_comes_after_all_others():
    turns = Turns()
    assert turns.choose(waiting("a", "a", "a", "b", "c"), 2) == [0, 1]
    left = [Waiting(2, "a"), Waiting(3, "b"), Waiting(4, "c"), Waiting(5, "d")]
    assert turns.choose(left, 2) == [3, 4]
    assert turns.choose([Waiting(2, "a"), Waiting(5, "d"), Waiting(6, "b")], 2) == [5, 2]


def test_a_crowded_page_leaves_room_in_the_batch():
    chosen = Turns().choose(waiting(*["a"] * 150, "b"), 120)
    assert chosen == [*range(MOST_OF_A_PAGE), 150]


def test_messages_without_a_page_keep_their_order():
    assert Turns().choose(waiting(None, None, None), 2) == [0, 1]
