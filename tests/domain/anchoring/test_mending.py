import pytest

from moderation.domain.anchoring.find import PageText
from moderation.domain.anchoring.mending import count_standing, outcome_on_page
from moderation.domain.text.normalise import Quote

BEFORE = "Ярмарку откроют в субботу на старой площади, и работать она станет "
AFTER = " до самого вечера, сообщили в мэрии города."


@pytest.mark.parametrize(
    ("exact", "correction", "stands", "outcome"),
    [
        ("ежидневно", "ежедневно", "ежидневно", "still_there"),
        ("ежидневно", "ежедневно", "ежедневно", "as_suggested"),
        ("ежидневно", "ежедневно", "каждый день", "otherwise"),
        ("ежидневно", "ежедневно", "", "otherwise"),
        ("всегда", "всегда,", "всегда,", "as_suggested"),
        ("всегда", "всегда,", "всегда", "still_there"),
        ("Всегда", "И всегда", "И всегда", "as_suggested"),
        ("все", "всё", "всё", "as_suggested"),
        ("все", "всё", "совсем иначе", "otherwise"),
        (", это,", " это", ", словом,", "otherwise"),
    ],
)
def test_what_became_of_a_mistake(exact, correction, stands, outcome):
    seen = outcome_on_page(
        PageText(BEFORE + stands + AFTER), Quote(exact, BEFORE, AFTER), len(BEFORE), [correction]
    )
    assert seen.outcome == outcome


@pytest.mark.parametrize(
    ("before", "exact", "after", "correction"),
    [
        ("В среду утром он сказал: я не ", "не верю", " этому слуху о стройке.", "верю"),
        ("Как сообщает управа района, ", "на мосту на", " на реке Уводь снова ремонт.", "на мосту"),
        ("Замените обычный перехват на try..", ".catch", " внутри этой функции загрузки.", "catch"),
    ],
)
def test_a_repeated_piece_that_was_dropped_is_mended(before, exact, after, correction):
    quote = Quote(exact, before, after)
    there = outcome_on_page(PageText(before + exact + after), quote, len(before), [correction])
    mended = outcome_on_page(PageText(before + correction + after), quote, len(before), [correction])
    assert (there.outcome, mended.outcome) == ("still_there", "as_suggested")


def test_a_removed_sentence_is_gone():
    page = PageText("Погода в выходные обещает быть ясной. Дороги свободны.")
    assert (
        outcome_on_page(page, Quote("ежидневно", BEFORE, AFTER), len(BEFORE), ["ежедневно"]).outcome == "gone"
    )


@pytest.mark.parametrize(
    ("before", "exact", "after"),
    [
        (
            "the document, close tags and so on. Such ",
            "an",
            " document with unclosed tags is mended by browsers.",
        ),
        ("Не все браузеры могут поддерживать их. Как ", "и", " было сказано выше, не везде есть всё."),
    ],
)
def test_a_removed_word_is_not_seen_inside_another_word(before, exact, after):
    page = PageText(before + after.lstrip())
    assert outcome_on_page(page, Quote(exact, before, after), len(before), []).outcome != "still_there"


def test_an_occurrence_inside_a_word_is_not_counted_as_standing():
    assert count_standing("Мост закрыт, мосты открыты, у моста мост.", "мост") == 1


@pytest.mark.parametrize(
    ("page", "prefix", "suffix", "outcome"),
    [
        ("Новости. Река, которая течёт через город.", "Река, ", "", "as_suggested"),
        ("Река, которая", "Река, ", "", "as_suggested"),
        ("Которая которая течёт через город.", "", " течёт через город.", "as_suggested"),
        ("Река, котрая течёт. Река, которая.", "Река, ", "", "still_there"),
        ("Река, котораяся течёт через город.", "Река, ", "", "otherwise"),
        ("Погода в выходные обещает быть ясной.", "Река, ", "", "gone"),
        ("Погода, которая обещает быть ясной.", "", "", "gone"),
    ],
)
def test_a_correction_is_seen_beside_the_only_context_that_a_reader_sent(page, prefix, suffix, outcome):
    """The last word of an article has nothing after it: its quote does not show where the passage ends."""
    seen = outcome_on_page(PageText(page), Quote("котрая", prefix, suffix), None, ["которая"])
    assert seen.outcome == outcome


def test_a_correction_that_stands_twice_beside_its_context_is_not_taken_for_the_mended_one():
    page = PageText("Мост и река, которая там. Лес и река, которая здесь.")
    seen = outcome_on_page(page, Quote("котрая", "река, ", ""), None, ["", "которая"])
    assert seen.outcome == "otherwise"
