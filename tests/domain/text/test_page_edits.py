from moderation.domain.text.page_edits import MOST_EDITS, MOST_WORDS, Edit, page_edits


def test_each_edit_has_its_words_and_those_around():
    found = page_edits("Он расказал всем о мосте вчера", "Он рассказал всем о новом мосте вчера")
    assert found.edits == [
        Edit("Он", "расказал", "рассказал", "всем о новом мосте вчера"),
        Edit("Он рассказал всем о", "", "новом", "мосте вчера"),
    ]
    assert found.is_whole


def test_equal_texts_have_no_edits_and_a_removed_end_is_one():
    assert page_edits("один два", "один  два").edits == []
    assert page_edits("один два два", "один два").edits == [Edit("один два", "два", "", "")]


def test_a_rewritten_page_is_cut():
    many = page_edits(" ".join(map(str, range(100))), " ".join(f"{n} x" for n in range(100)))
    assert len(many.edits) == MOST_EDITS and not many.is_whole
    long = page_edits("a " * (MOST_WORDS + 1), "b " * (MOST_WORDS + 1))
    assert len(long.edits) == 1 and not long.is_whole
