from moderation.domain.spelling.vocabulary import Vocabulary


def test_words_are_counted_in_lower_case():
    page = Vocabulary("Мост, мост и МОСТ")
    assert (page["мост"], page["и"], page["дом"]) == (3, 1, 0)


def test_words_that_are_costly_to_find_are_looked_for_once():
    page, searches = Vocabulary("мост"), []

    def search():
        searches.append("yo")
        return frozenset({"мост"})

    assert page.remembered("yo", search) == page.remembered("yo", search) == {"мост"}
    assert searches == ["yo"]


def test_a_word_without_end_is_not_kept():
    """A page can be one word of a million letters, another one at each check."""
    assert Vocabulary("слово " + "ж" * 1_000_000).counts == {"слово": 1}
