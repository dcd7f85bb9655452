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
def test_the_verb_agrees_with_its_subject(sure, sentence, right):
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
def test_a_wrong_english_phrase_is_corrected(sure, sentence, right):
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


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("How does it [works] today?", "work"),
        ("The bridge can be [use] by all.", "used"),
        ("She has [create] a garden.", "created"),
        ("Houses that [is] old.", "are"),
        ("The council [open] the gate.", "opens"),
        ("These towns [keeps] their gates.", "keep"),
        ("[This] bridges are old.", "These"),
        ("There [is] two bridges.", "are"),
        ("There [are] a bridge.", "is"),
        ("One of the houses that [is] old.", None),
        ("Let the mayor [open] the gate.", None),
        ("[This] works.", None),
    ],
)
def test_a_word_that_does_not_fit_its_clause_is_corrected(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("A [built in] function.", "built-in"),
        ("They [are lot of] help.", "are a lot of"),
        ("You need to [login] first.", "log in"),
        ("He asked [weather] the bridge is open.", "whether"),
        ("It is [quiet] different.", "quite"),
        ("The value is [past] to it.", "passed"),
        ("One [off] the houses.", "of"),
        ("It was [turned of] at night.", "turned off"),
        ("In [you] own house.", "your"),
    ],
)
def test_words_that_are_confused(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("A house that [are] old.", "is"),
        ("The house that [works] well is old.", None),
        ("For those who [are] late, the gate is open.", None),
    ],
)
def test_the_verb_of_a_relative_clause_agrees_with_its_noun(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("The council [do] a good job.", "does"),
        ("So it [carry] a load.", "carries"),
        ("So it [works] well.", None),
        ("The houses [need] a roof.", None),
        ("Old houses [needs] a roof.", None),
        ("And they [always] come late.", None),
        ("They can [open] the gate.", None),
    ],
)
def test_a_verb_before_an_object_agrees_with_its_subject(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("The report can be [write] by hand.", "written"),
        ("It has [become] a habit.", None),
    ],
)
def test_a_participle_follows_be_and_have(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Each [cities] has a mayor.", "city"),
        ("These [sheep] are old.", None),
        ("Young [people] are here.", None),
        ("There [is] no bridge.", None),
    ],
)
def test_the_number_of_a_noun_with_a_determiner_or_a_verb(sure, sentence, right):
    assert sure(sentence) == right


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("He may [would] go.", None),
        ("The cook bought [dace] there.", None),
    ],
)
def test_a_word_without_one_clear_correction_stays(sure, sentence, right):
    assert sure(sentence) == right
