from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.spelling.words import guesses
from moderation.services.triage.dictionaries import lexicon


def best(slip, page):
    return guesses(slip, lexicon("ru"), Vocabulary(page))[0].word


def test_a_name_that_only_the_page_has_is_a_possible_correction():
    assert best("Хрюнделль", "Хрюндель пришёл, и Хрюндель ушёл.") == "Хрюндель"


def test_of_two_spellings_with_and_without_yo_the_one_that_the_page_uses_is_suggested():
    assert best("осеел", "Старый осеел упрямо стоял.") == "осел"
    assert best("осеел", "Старый осеел всё ещё стоял.") == "осёл"
