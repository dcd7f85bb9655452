from moderation.domain.text.overlaps import Overlap, Overlaps


def test_a_short_text_is_found_inside_a_longer_one():
    overlaps = Overlaps(["в субботу на площади", "субботу"])
    assert overlaps.inside == [Overlap(0, 1, 2, 7)]


def test_a_short_text_that_stands_nowhere_else_is_inside_none():
    assert Overlaps(["в субботу на площади", "пятница"]).inside == []


def test_two_texts_overlap_where_one_ends_as_the_other_begins():
    overlaps = Overlaps(["он был на старой площади", "на старой площади вчера"])
    assert overlaps.edges == [Overlap(0, 1, 7, 17)]
