import pytest

from moderation.domain.text.normalise import Quote, normalise
from moderation.domain.text.passage import CONTEXT, read

TEXT = "Напомним, что набережную закрыли после весеннего паводка, когда вода подмыла стену . Всё."


def reading(exact, correction=None, text=TEXT, around=30):
    at = text.index(exact)
    quote = Quote(exact, text[max(0, at - around) : at], text[at + len(exact) : at + len(exact) + around])
    return read(quote, correction)


@pytest.mark.parametrize(
    ("selected", "correction", "passage", "reads"),
    [
        ("вода", None, "вода", None),
        ("подмы", None, "подмыла", None),
        ("паводка", "половодья", "паводка", "половодья"),
        ("закрыли после весеннего", "закрыли после зимнего", "весеннего", "зимнего"),
        ("вода", "вода", "вода", None),
        (" вода ", "вода", "вода", None),
        ("дм", "т", "подмыла", "потыла"),
        ("набережную", "старую набережную", "набережную", "старую набережную"),
        ("когда вода", "вода", "когда вода", "вода"),
        ("стену .", "стену.", "стену .", "стену."),
        (" .", ".", "стену .", "стену."),
        ("паводка, когда", "паводка когда", "паводка,", "паводка"),
    ],
)
def test_the_smallest_whole_word_passage(selected, correction, passage, reads):
    found = reading(selected, correction)
    assert (found.quote.exact, found.correction) == (passage, reads)


def test_shift_says_how_far_the_passage_starts_from_the_selection():
    assert reading("закрыли после весеннего", "закрыли после зимнего").shift == len("закрыли после ")
    assert reading("одмыла").shift == -1


def test_a_space_added_where_there_is_none_is_a_change():
    found = reading("Всё", " Всё", text="Одно.Всё другое")
    assert found.quote.prefix + found.correction + found.quote.suffix == "Одно. Всё другое"


def test_context_is_bounded():
    found = read(Quote("слово", "а " * 300, " б" * 300), None)
    assert len(found.quote.prefix) <= CONTEXT
    assert len(found.quote.suffix) <= CONTEXT


def test_every_correction_of_a_typo_gives_the_mended_text(russian_typos, english_typos):
    for typo in russian_typos + english_typos:
        before = typo.text[max(0, typo.start - 48) : typo.start]
        after = typo.text[typo.end : typo.end + 48]
        found = read(Quote(typo.wrong, before, after), typo.right)
        reads = found.quote.exact if found.correction is None else found.correction
        assert found.quote.prefix + reads + found.quote.suffix == normalise(before + typo.right + after)


@pytest.mark.parametrize(
    ("quote", "passage", "reads"),
    [
        (Quote("не", "Я не ", " ходил."), "не ходил", " ходил"),
        (Quote("тоже", "Я пришёл тоже ", ""), "тоже тоже", "тоже "),
        (Quote("слово"), "слово", ""),
    ],
)
def test_a_word_too_many_is_shown_with_a_neighbour(quote, passage, reads):
    taken = read(quote, "")
    assert (taken.quote.exact, taken.correction) == (passage, reads)
