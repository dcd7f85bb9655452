import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.anchoring import scoring
from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote
from tests.support.finding import TEXT, found, found_at, quote


@given(st.data())
def test_any_selection_of_an_unchanged_page_is_found_exactly(data):
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, min(len(TEXT), start + 120)))
    place = PageText(TEXT).find(
        Quote(TEXT[start:end], TEXT[max(0, start - 64) : start], TEXT[end : end + 64]), start
    )
    assert (place.start, place.end, place.changed) == (start, end, False)


@pytest.mark.parametrize(("before", "after"), [(0, 64), (64, 0), (0, 9), (9, 0)])
def test_a_part_of_a_word_with_text_on_one_side_only_is_found_where_it_stands(before, after):
    for start in range(1, len(TEXT) - 4):
        end = start + 3
        sent = Quote(TEXT[start:end], TEXT[max(0, start - before) : start], TEXT[end : end + after])
        if TEXT.count(sent.text) == 1:
            place = PageText(TEXT).find(sent)
            assert (place.start, place.end, place.changed) == (start, end, False), sent


def test_a_mended_passage_is_found_by_its_surroundings():
    place = PageText(TEXT.replace("расказал", "рассказал")).find(quote("расказал"))
    assert (place.start, place.end, place.changed) == (15, 24, True)


def test_a_deleted_passage_leaves_an_empty_place():
    text = TEXT.replace("уже ", "")
    place = PageText(text).find(quote("уже "))
    assert place.changed and text[: place.start].endswith("подрядчик ") and place.start == place.end


def test_an_edited_neighbourhood_does_not_matter():
    text = TEXT.replace("О новых сроках", "Как стало известно вчера, о сроках").replace(
        "с жителями", "с прессой"
    )
    assert found(text, quote("расказал")) == "расказал"


@pytest.mark.parametrize("nth", range(10))
def test_the_same_words_in_ten_places(nth):
    text = " ".join(f"В главе {name} сказано, что это не так." for name in "абвгдежзик")
    wanted = quote("сказано", text, around=12, nth=nth)
    place = PageText(text).find(wanted)
    assert text[place.start - 2] == "абвгдежзик"[nth]


def test_among_equals_the_position_decides():
    text = "да нет " * 50
    place = PageText(text).find(Quote("нет", "да ", " да"), position=7 * 20 + 3)
    assert place.start == 7 * 20 + 3


@pytest.mark.parametrize(
    "text",
    [
        "Совсем другая статья о погоде: завтра дождь, и встрече на воздухе не бывать.",
        TEXT[83:],
        "",
        "расказал",
    ],
)
def test_what_is_gone_is_gone(text):
    assert PageText(text).find(quote("встрече")) is None


@pytest.mark.parametrize(
    ("sent", "on_page"),
    [
        ("«Мы хотим»", '"Мы хотим"'),
        ("Пётр Савин", "Петр Савин"),
        ("тишина — главное", "тишина - главное"),
        ("finally", "ﬁnally"),
        ("ждать…", "ждать..."),
        ("Город", "город"),
    ],
)
def test_typography_makes_no_difference(sent, on_page):
    text = f"Раз, два, три, четыре, пять: {on_page} — и вышел зайчик погулять."
    assert found(text, Quote(sent, "три, четыре, пять: ", " — и вышел зайчик")) == on_page


def test_a_ligature_at_an_edge_is_taken_whole():
    text = "we are oﬃcially done here, all of us"
    assert found(text, Quote("ficially done", "we are of", " here, all of us")) == "ﬃcially done"


def test_a_page_of_a_megabyte():
    text = " ".join(f"слово{number}" for number in range(100_000))
    assert found(text, quote("слово54321", text)) == "слово54321"


def test_a_quote_without_surroundings_is_found_where_it_is():
    assert found(TEXT, Quote("паводка")) == "паводка"
    assert found(TEXT, Quote("наводнения")) is None


def test_a_mended_passage_beside_an_edited_word_is_found_to_the_letter():
    text = TEXT.replace("вода подмыла опорную стену", "ливни размыли опорную стену")
    assert found(text, quote("подмыла")) == "размыли"


def test_a_space_that_went_is_found_where_the_next_word_was_edited_too():
    was = "Строки ниже выполнятся раньше этих обработчиков . Вот же пример того, как это работает."
    now = "Строки ниже выполнятся раньше этих обработчиков. Вот пример того, как это работает."
    assert found(now, quote("этих обработчиков .", was)) == "этих обработчиков."


def test_a_word_that_stays_beside_a_reworded_place_was_not_mended():
    was = "Готово. Запишем заявки в тетрадь (журнал) учёта, в которую дежурный вносит все звонки за сутки."
    now = "Готово. Запишем заявки в новую книгу = наш журнал, в которую дежурный вносит все звонки за сутки."
    place = PageText(now).find(quote("журнал", was))
    assert (now[place.start : place.end], place.changed) == ("журнал", False)


def test_the_room_after_the_surroundings_does_not_draw_them_apart():
    was = "It has one aim. The purpose of this setting is to define the order in which the fields of a form"
    now = (
        "No field is skipped by then. The value of the setting is the order in which the fields of a form "
        "take the focus when a reader goes from one to another by keyboard, and so on until the last one."
    )
    assert now[found_at(now, quote("of", was)) :].startswith("of the setting")


def test_of_two_likely_places_the_nearer_one():
    one = "Списки: целые числа из 8, 16 и 32 битов, дробные из 32 и 64 битов по выбору."
    text = f"{one} {'Слова между ними. ' * 40}{one.replace('целые', 'только целые')}"
    at = text.rindex("32 и 64")
    assert found_at(text, quote("32 и 64", one), at - 40) == at


def test_who_quotes_what_stands_everywhere_on_a_page_costs_few_comparisons(monkeypatch):
    """Of each of a hundred places the edges were looked for: half a second for a quote, at each check."""
    comparisons, compare = [], scoring._best_sum
    monkeypatch.setattr(scoring, "_best_sum", lambda *texts: comparisons.append(texts) or compare(*texts))
    under = "Ответить Поделиться Пожаловаться"
    page = " ".join(f"Читатель {number} пишет о дороге и о мосте. {under}" for number in range(200))
    foreign = " ".join(f"слово{number}" for number in range(100))
    before, after = f"{foreign[:150]} {under} и и и и ", f" и и и и {under} {foreign[:150]}"
    PageText(page).find(Quote(foreign, before, after))
    assert 0 < len(comparisons) < 1000
