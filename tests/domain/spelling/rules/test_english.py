import pytest


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("They found [an] university.", "a"),
        ("It took [a] hour.", "an"),
        ("He sent [a] SMS.", "an"),
        ("She has [an] URL of it.", "a"),
        ("It is [an] old house.", None),
        ("It was [a] one-way street.", None),
    ],
)
def test_the_article_follows_the_sound(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("The council should [became] quicker.", "become"),
        ("They want to [opens] the gate.", "open"),
        ("So it [work] well.", "works"),
        ("And they [works] there.", "work"),
        ("These [house] are old.", "houses"),
        ("It is one of the [bridge] of the town.", "bridges"),
        ("Each [houses] has a garden.", "house"),
        ("The old bridges [is] closed.", "are"),
        ("The list of bridges [is] long.", None),
        ("Let it [work].", None),
    ],
)
def test_agreement(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("We may [loose] the match.", "lose"),
        ("It is bigger [then] a house.", "than"),
        ("If it rains, [than] we stay.", "then"),
        ("The town lost [it's] bridge.", "its"),
        ("Now [its] a museum.", "it's"),
        ("[Their] is a bridge.", "There"),
        ("People in [there] houses.", "their"),
        ("That [could of] happened.", "could have"),
        ("The rain had an [affect] on it.", "effect"),
        ("[From] the other hand, it is cheap.", "On"),
        ("That depends [from] the weather.", "on"),
        ("He came [form] the river.", "from"),
        ("You can [to see] the river.", "see"),
        ("It opens on [monday].", "Monday"),
        ("That is [no] what we want.", "not"),
    ],
)
def test_a_phrase(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("They opened it [an] the mayor spoke.", "and"),
        ("Today [if] may rain.", "it"),
        ("There is a [serous] problem.", "serious"),
        ("They [doesnt] know.", "doesn't"),
        ("A [non-existant] page.", "non-existent"),
    ],
)
def test_a_word_that_is_one_letter_off(sure, sentence, right):
    assert sure(sentence) == right
