from moderation.domain.anchoring.find import PageText
from moderation.domain.text.normalise import Quote
from tests.support.finding import TEXT, found, found_at, quote

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
