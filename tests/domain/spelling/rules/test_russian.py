import pytest


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Мэр рассказал [об] новом мосте.", "о"),
        ("Горожане спорили [о] отоплении.", "об"),
        ("Дети пришли [с] всеми.", "со"),
        ("Он живёт [в] Франции.", "во"),
        ("Они приехали [во] мае.", "в"),
    ],
)
def test_a_preposition_has_the_shape_that_the_next_word_asks_for(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Город купил новую [школа] у завода.", "школу"),
        ("Автобус идёт до железнодорожной [станцией].", "станции"),
        ("Рабочие сняли [старая] крышу.", "старую"),
        ("Для [ученик] открыли кружок.", "ученика"),
        ("Об этом говорится в годовом [отчёта].", "отчёте"),
    ],
)
def test_a_noun_phrase_agrees(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Сегодня мы [едет] в деревню.", "едем"),
        ("Жители района [жалуется] на шум.", "жалуются"),
        ("Библиотека [открылся] весной.", "открылась"),
        ("Теперь можно [проверит] счета.", "проверить"),
        ("Они [могут] бы приехать раньше.", "могли"),
        ("Дом починили, [используют] старый кирпич.", None),
        ("Дом можно починить, [использую] старый кирпич.", "используя"),
        ("Чертёж [попросили] соседи.", None),
        ("Директор [хотела] уйти.", None),
        ("Такое время [называют] страдой.", None),
        ("Три новых [дома] построили.", None),
    ],
)
def test_a_verb_agrees(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Музей [находиться] у реки.", "находится"),
        ("Мост должен [построится] весной.", "построиться"),
        ("Решили не [торопится] с ремонтом.", "торопиться"),
        ("Жители обещали [поделиться] рецептами.", None),
    ],
)
def test_tsya_and_tsya_with_a_soft_sign_are_told_apart(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Посадили деревья, [который] росли в саду.", "которые"),
        ("Нашли деревья, [посаженным] до войны.", "посаженные"),
        ("Есть карта дорог, [которая] висит в школе.", None),
        ("Вот адрес [школа] на карте.", "школы"),
        ("Праздник проводится [комитетов] района.", "комитетом"),
    ],
)
def test_a_word_agrees_with_the_noun_before_it(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Сосед [говорит] что мост закрыт.", "говорит,"),
        ("Купили [дом] который стоит у реки.", "дом,"),
        ("Нашли [улицу] на которой он жил.", "улицу,"),
        ("Дождь [кончился] но дорога мокрая.", "кончился,"),
        ("Все [знают] как пройти к реке.", "знают,"),
        ("Поезд идёт [быстрее] чем раньше.", "быстрее,"),
        ("Он стоял у [окна] глядя на реку.", "окна,"),
        ("Она работает [учителем] как её мать.", None),
        ("Уже [потому] что он молод.", None),
    ],
)
def test_a_missing_comma(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Матч начали [не смотря] на дождь.", "несмотря"),
        ("Это [тоже] самое место.", "то же"),
        ("[Так] образом, мост открыт.", "Таким"),
        ("Мост построят [в течении] года.", "в течение"),
        ("Мост построят в [течении] года.", "течение"),
        ("Это [не достаточно] быстро.", "недостаточно"),
        ("[Кто то] забыл зонт.", "Кто-то"),
        ("Он может [бы] построен иначе.", "быть"),
    ],
)
def test_a_wrong_russian_phrase_is_corrected(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "page", "right"),
    [
        ("Он [сведет] счёты.", "", "сведёт"),
        ("Он [сведет] дебет.", "Завтра он придет.", None),
        ("Прошло десять [лет], и ещё пять.", "", None),
        ("Раньше, [чем] ждали, всё кончилось.", "", None),
        ("Почти [все] дома ещё целы.", "", None),
    ],
)
def test_yo_where_the_page_writes_it(sure, sentence, page, right):
    assert sure(sentence, page) == right


def test_an_unknown_word_gets_the_form_that_agrees(sure):
    assert sure("Открыли [Аналагичную] выставку.") == "Аналогичную"


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Он говорил [со] мамой.", "с"),
        ("Он пришёл [со] другом.", None),
        ("Он говорил [об] мне.", None),
    ],
)
def test_a_preposition_changes_only_where_one_shape_is_right(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Он спросил вчера, [который] раз подряд.", None),
        ("Мешали ремонт, [закрытая] школа и мороз.", None),
        ("Окно дома, [которое] выходит на юг.", None),
        ("Дом, [который] построили, закрыт.", None),
        ("Дом, [построенный] весной, закрыт.", None),
        ("Дом, [старая] и серый, закрыт.", None),
        ("Дома, [которая] стоят у реки, закрыты.", None),
    ],
)
def test_a_relative_word_that_fits_a_noun_or_no_noun_stays(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Клик мыши [открыла] окно.", "открыл"),
        ("Вчера дом [открылась] снова.", "открылся"),
    ],
)
def test_a_subject_before_its_genitive_asks_for_the_verb(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Жителей района [жалуется] на шум.", None),
        ("Через дом [проходила] дорога.", None),
        ("Увидел дом [стояла] и плакала.", None),
        ("Старую площадь [закрыл] мэр.", None),
    ],
)
def test_a_noun_that_is_no_subject_asks_for_no_verb(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Они [могли] бы приехать.", None),
        ("[Придёт] бы завтра.", None),
    ],
)
def test_the_past_tense_with_by_stays(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("То [есть] когда мост закрыт.", None),
        ("Он [пришёл вчера домой поздно].", None),
        ("Долго [строиться] нельзя.", None),
        ("Хозяин привёз подарок [соседи].", None),
        ("Город купил новую [кофе] у завода.", None),
    ],
)
def test_words_that_no_rule_can_improve_stay(sure, sentence, right):
    assert sure(sentence) == right
