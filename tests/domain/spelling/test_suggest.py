import pytest

from moderation.domain.spelling.folk import FOLK, SURE
from moderation.domain.spelling.suggest import Speller
from moderation.domain.spelling.vocabulary import Vocabulary
from moderation.domain.text.normalise import Quote
from moderation.services.triage.dictionaries import lexicon

SPELLER = Speller(lexicon)


def suggest(passage, before="", after="", page="", speller=SPELLER):
    return speller.suggest(Quote(passage, before, after), Vocabulary(page or before + passage + after))


@pytest.mark.parametrize(
    ("passage", "meant"),
    [
        ("приваивания", "присваивания"), ("Корретно", "Корректно"), ("корретно", "корректно"),
        ("потеницально", "потенциально"), ("последтней", "последней"), ("впринципе", "в принципе"),
        ("ниодного", "ни одного"), ("recieve", "receive"), ("langauge", "language"), ("untill", "until"),
        ("Definately", "Definitely"), ("teerms", "terms"), ("the the", "the"), ("и и", "и"),
        ("слово ,", "слово,"), ("вообщем", "в общем"), ("Вобщем", "В общем"), ("alot", "a lot"),
        ("ВООБЩЕМ", "В ОБЩЕМ"), ("было,но", "было, но"), ("cлово", "слово"), ("ghbdtn", "привет"),
        ("руддщ", "hello"),
        ("он сказал, что присваивания и приваивания", "он сказал, что присваивания и присваивания"),
    ],
)  # fmt: skip
def test_what_was_meant(passage, meant):
    [first, *_] = suggest(passage)
    assert first.word == meant


@pytest.mark.parametrize("folk", FOLK)
def test_what_is_meant_by_a_folk_spelling_is_known(folk):
    [first, *_] = suggest(folk)
    assert (first.word, first.confidence) == (FOLK[folk], SURE)
    assert [guess for guess in suggest(FOLK[folk]) if guess.confidence >= 0.9] == []


@pytest.mark.parametrize(
    ("passage", "right"), [("ктото", "кто-то"), ("Какойнибудь", "Какой-нибудь"), ("когдалибо", "когда-либо")]
)
def test_a_particle_takes_its_hyphen(passage, right):
    assert suggest(passage)[0].word == right


def test_a_folk_spelling_is_one_however_often_the_page_has_it():
    assert suggest("occured", page="It occured. " * 5)[0].word == "occurred"


def test_a_folk_spelling_that_a_site_wants_is_left_alone():
    assert suggest("occured", speller=Speller(lexicon, frozenset({"occured"}))) == []


@pytest.mark.parametrize(
    "passage",
    [
        "присваивание",
        "рассказал",
        "receive",
        "colour",
        "organise",
        "querySelector",
        "ООН",
        "JavaScript",
        "Петров",
        "agains",
    ],
)
def test_a_word_is_left_alone(passage):
    assert [guess for guess in suggest(passage) if guess.confidence >= 0.9] == []


def test_names_that_the_page_repeats_are_its_own():
    assert suggest("Заречинск", page="Заречинск " * 3) == []


@pytest.mark.parametrize(
    ("passage", "page", "meant"),
    [
        ("при ключение", "", "приключение"),
        ("тишина - главное", "Это — раз.", "тишина — главное"),
        ('"тишина"', "Как «здесь»", "«тишина»"),
    ],
)
def test_spaces_dashes_and_quotes(passage, page, meant):
    assert suggest(passage, page=page or passage)[0].word == meant


@pytest.mark.parametrize(
    ("passage", "page"), [("тишина - главное", "Это - раз."), ('"тишина"', 'Как "здесь"')]
)
def test_typography_is_the_pages_own(passage, page):
    assert suggest(passage, page=page) == []


def test_a_sites_own_words_are_never_flagged():
    assert suggest("приваивания", speller=Speller(lexicon, frozenset({"приваивания"}))) == []


def test_the_pages_own_words_come_first():
    [first, *_] = suggest("пототипном", page="О прототипном наследовании: в прототипном виде пототипном")
    assert first.word == "прототипном"


class TestRussian:
    def test_yo_where_the_page_writes_it(self):
        assert suggest("задает", page="Пётр ещё задает")[0].word == "задаёт"
        assert suggest("Ее", page="Её ещё нет. Ее")[0].word == "Её"

    def test_not_where_it_does_not(self):
        assert suggest("задает", page="Петр еще задает") == []

    @pytest.mark.parametrize(
        ("before", "passage", "meant"),
        [
            ("Это может ещё ", "встретится", "встретиться"),
            ("Фанаты могут больше не ", "беспокоится", "беспокоиться"),
            ("Имя пользователя ", "храниться", "хранится"),
            ("Он должен был сегодня ", "вернутся", "вернуться"),
        ],
    )
    def test_the_word_before_decides_about_a_soft_sign(self, before, passage, meant):
        assert suggest(passage, before)[0].word == meant

    @pytest.mark.parametrize(
        ("before", "passage"), [("Он часто ", "встречается"), ("Он может ", "встретиться")]
    )
    def test_tsya_that_is_right(self, before, passage):
        assert suggest(passage, before) == []


def test_two_unknown_words_are_nobodys_guess():
    assert suggest("приваивания корретно") == []


def test_the_surest_comes_first_and_there_are_few():
    found = suggest("кусор")
    assert len(found) in (1, 2, 3)
    assert [guess.confidence for guess in found] == sorted((g.confidence for g in found), reverse=True)
    assert all(0 <= guess.confidence <= 1 for guess in found)
