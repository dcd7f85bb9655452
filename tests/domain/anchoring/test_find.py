import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote, normalise

TEXT = normalise(
    "О новых сроках расказал на встрече с жителями главный архитектор города Пётр Савин. По его словам, "
    "подрядчик уже уложил брусчатку на двух из четырёх участков и приступил к установке фонарей. "
    "Напомним, что набережную закрыли после весеннего паводка, когда вода подмыла опорную стену. "
    "Сначала власти собирались вернуть всё как было, но после опроса проект пересмотрели."
)


def quote(exact, text=TEXT, around=64, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(exact, at + 1)
    return Quote(exact, text[max(0, at - around) : at], text[at + len(exact) : at + len(exact) + around])


def found(text, wanted, position=None):
    place = PageText(text).find(wanted, position)
    return None if place is None else text[place.start : place.end]


def found_at(text, wanted, position=None):
    return PageText(text).find(wanted, position).start


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


REST = " Ещё новости: " + TEXT[:84] + " Город отметит день реки на следующей неделе."


def test_a_passage_outside_of_the_article_is_found():
    page = PageText(TEXT + REST, len(TEXT))
    match = page.find(quote("отметит", REST))
    assert page.text[match.start : match.end] == "отметит"


def test_a_sentence_that_a_teaser_repeats_is_found_in_the_article():
    page = PageText(TEXT + REST, len(TEXT))
    assert page.find(quote("встрече"), None).start == TEXT.index("встрече")


def test_a_mistake_in_a_teaser_is_found_there_while_the_article_is_right():
    article = TEXT.replace("расказал", "рассказал")
    page = PageText(article + REST, len(article))
    match = page.find(quote("расказал", REST))
    assert (match.start, match.changed) == (len(article) + REST.index("расказал"), False)


def test_a_passage_mended_in_the_article_is_found_there():
    article = TEXT.replace("расказал", "рассказал")
    match = PageText(article + " Погода. Обещают дождь.", len(article)).find(quote("расказал"))
    assert (match.start, match.changed) == (TEXT.index("расказал"), True)


def test_a_passage_of_a_teaser_is_found_there_when_the_article_says_it_elsewhere():
    teaser = " Реклама. Погода на выходные: обещают дождь, а на встрече с синоптиками сказали о граде."
    page = PageText(TEXT + teaser, len(TEXT))
    assert page.find(quote("встрече", teaser)).start == len(TEXT) + teaser.index("встрече")


class TestSpacesOfStyleSheets:
    """A style sheet puts words on lines of their own, or side by side: the two texts differ in spaces."""

    SHOWN = (
        "Вчера на берегу открыли мастерскую, где учат чинить старые велосипеды. Занятия ведёт Степан Калинин."
    )
    GLUED = SHOWN.replace("открыли мастерскую", "открылимастерскую").replace(
        "Степан Калинин", "СтепанКалинин"
    )

    @pytest.mark.parametrize("exact", ["открыли", "мастерскую", "Степан", "Калинин", "на", "берегу открыли"])
    def test_a_word_at_the_seam_is_found_by_itself(self, exact):
        place = PageText(self.GLUED).find(quote(exact, self.SHOWN))
        assert self.GLUED[place.start : place.end] == exact and not place.changed

    def test_a_passage_across_the_seam_is_found(self):
        assert found(self.GLUED, quote("берегу открыли мастерскую, где", self.SHOWN)) == (
            "берегу открылимастерскую, где"
        )
        assert found(self.SHOWN, quote("открылимастерскую", self.GLUED)) == "открыли мастерскую"

    def test_a_word_is_not_found_inside_another(self):
        assert (
            PageText("Они пришли. Мы ушли.").find(Quote("ни", "Нет, мы не видели ", " разу таких птиц"))
            is None
        )

    def test_a_word_mended_at_the_seam_is_changed(self):
        mended = self.GLUED.replace("открыли", "закрыли")
        place = PageText(mended).find(quote("открыли", self.GLUED))
        assert place is None or place.changed


class TestHiddenText:
    """A style sheet hides text that the server reads."""

    SHOWN = "По словам мастера, сложнее всего научить терпению, а не правильной затяжке гаек на колесе."
    READ = SHOWN.replace("терпению,", "терпению Что это значит: умение ждать,")

    def test_a_passage_around_it_is_interrupted(self):
        place = PageText(self.READ).find(quote("научить терпению, а не", self.SHOWN))
        assert place.interrupted
        assert self.READ[place.start : place.end] == "научить терпению Что это значит: умение ждать, а не"

    def test_a_passage_around_a_hidden_copy_of_the_article_is_interrupted(self):
        text = self.SHOWN.replace("терпению,", f"терпению, {TEXT} {TEXT}")
        place = PageText(text).find(quote("научить терпению, а не правильной", self.SHOWN))
        assert place.interrupted and text[place.start : place.end].endswith("а не правильной")

    def test_one_inserted_word_is_a_mended_passage(self):
        text = self.SHOWN.replace("сложнее всего", "сложнее ей всего")
        place = PageText(text).find(quote("мастера, сложнее всего научить", self.SHOWN))
        assert place.changed and not place.interrupted


class TestTwins:
    """The same sentence stands in the article and outside of it."""

    SENTENCE = "Набережную откроют в субботу для пешеходов и велосипедистов, обещает подрядчик."
    TEXT = f"{SENTENCE} Остальное закончат осенью. Читайте также {SENTENCE} Погода на выходные."
    END = TEXT.index("Читайте") - 1

    def test_the_article_comes_first(self):
        wanted = quote("пешеходов", self.SENTENCE)
        assert PageText(self.TEXT, self.END).find(wanted, None).start == self.TEXT.index("пешеходов")

    def test_a_position_outside_of_the_article_decides(self):
        outside = self.TEXT.rindex("пешеходов")
        wanted = quote("пешеходов", self.SENTENCE)
        assert PageText(self.TEXT, self.END).find(wanted, outside - 5).start == outside


def test_a_removed_passage_is_not_an_equal_word_far_away():
    paragraph = "На берегу построили дома, и в них поселились семьи рыбаков. "
    filler = "".join(
        f"Глава {number} рассказывает о том, как жили тут люди в {1800 + number} году. "
        for number in range(40)
    )
    page = filler + "В селе нет никакого отопления по утверждению жителей."
    wanted = Quote("отопления", "Осенью в школе не стало даже печного ", " по утрам, и дети сидели в пальто.")
    assert found(page, wanted, 10) is None
    assert found(paragraph + "В школе не стало отопления по утрам. " + filler, wanted, 60) == "отопления"


def test_among_very_many_gaps_the_mended_passage_stands_in_the_one_whose_context_agrees_most():
    text = "Анна продала очень старый серый дом у реки давно. " * 100
    text += "Пётр купил очень старый брошенный дом у реки вчера."
    wanted = Quote("брошеный", "Пётр купил очень старый ", " дом у реки вчера.")
    assert found(text, wanted) == "брошенный"


def test_a_passage_that_stands_very_often_is_found_by_its_neighbours():
    text = "да, " * 500 + "громко скажи да мне сейчас, " + "да, " * 500
    wanted = Quote("да", "громко скажи ", " мне сейчас, ")
    assert found_at(text, wanted) == text.index("да мне")


def test_a_context_of_spaces_alone_fits_spaces_and_no_brackets():
    wanted = Quote("слово", " ", " ")
    assert found("Вот слово стоит", wanted) == "слово"
    assert found("Вот (слово) стоит", wanted) is None


def test_the_same_word_beside_a_mended_one_is_another_occurrence():
    before, after = "Вчера вечером он не знал и ", " верил им совсем, как потом рассказал."
    assert found(before + "ни" + after, Quote("не", before, after)) == "ни"
