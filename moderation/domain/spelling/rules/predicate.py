"""Agreement of a Russian verb with its subject, and the verb forms that бы and a modal verb ask for."""

from collections.abc import Iterable, Iterator, Sequence

from moderation.domain.spelling.edits import cost
from moderation.domain.spelling.morphology import Form, Morphology
from moderation.domain.spelling.rules.government import governed_cases, words_after, words_before
from moderation.domain.spelling.rules.spot import Spot
from moderation.domain.spelling.words import Guess

_SURE, _LIKELY = 0.93, 0.9
_PERSONS = {
    "я": ("sing", "1per"), "ты": ("sing", "2per"), "он": ("sing", "3per"), "она": ("sing", "3per"),
    "оно": ("sing", "3per"), "мы": ("plur", "1per"), "вы": ("plur", "2per"), "они": ("plur", "3per"),
}  # fmt: skip
_GENDERS = {"он": "masc", "она": "femn", "оно": "neut"}
_BETWEEN = frozenset(
    "не ни уже ещё еще также тоже всегда теперь затем потом сразу просто бы б же лишь только".split()
)
_MODAL = frozenset(
    "могу можешь может можем можете могут мог могла могло могли сможет смогут сможем сможете должен "
    "должна должно "
    "должны нужно надо нельзя можно следует стоит придётся придется хочу хочет хотим хотите хотят позволяет "
    "позволяют пытается пытаются начинает начинают необходимо хотели бы".split()
) - {"бы"}
# With these verbs a noun before them is their subject.
_STATES = frozenset(
    "иметь мочь содержать означать существовать позволять работать хотеть уметь зависеть стать "
    "принадлежать".split()
)
_MOST_WORDS = 4


def predicate(spot: Spot, morphology: Morphology) -> Iterator[Guess]:
    """Suggest the verb form that the words around a verb ask for."""
    readings = morphology.forms(spot.low)
    if not readings or any(
        form.pos != "VERB" or form.tense is None or form.lemma == "быть" for form in readings
    ):
        return
    before = [word for word in words_before(spot) if word not in _BETWEEN]
    if before and before[0] in _MODAL and spot.low not in _MODAL:
        yield from _only(spot, (form for form in _verbs(readings, morphology, "INFN")), _SURE)
    elif spot.after in ("бы", "б"):
        yield from _conditional(spot, readings, before, morphology)
    elif _is_lonely_first_person(spot, readings):
        yield from _nearest_gerund(spot, readings, morphology)
    elif before:
        yield from _with_subject(spot, readings, before, morphology)


def _conditional(
    spot: Spot, readings: Sequence[Form], before: Sequence[str], morphology: Morphology
) -> Iterator[Guess]:
    """With бы the verb is in the past tense: мы могли бы."""
    if any(reading.tense == "past" for reading in readings):
        return
    number = readings[0].number
    gender = _GENDERS.get(before[0]) if before else None
    past = [form for form in _verbs(readings, morphology, "VERB") if form.tense == "past"]
    fitting = [
        form
        for form in past
        if form.number == number and (number == "plur" or (gender and form.gender == gender))
    ]
    yield from _only(spot, fitting, _SURE)


def _is_lonely_first_person(spot: Spot, readings: Sequence[Form]) -> bool:
    """Return whether the first person has no "я" in the sentence: "можно создать, использую метод"."""
    return (
        spot.before == ","
        and "я" not in spot.left
        and all(form.person == "1per" and form.number == "sing" for form in readings)
    )


def _nearest_gerund(spot: Spot, readings: Sequence[Form], morphology: Morphology) -> Iterator[Guess]:
    gerunds = (form for form in _verbs(readings, morphology, "GRND"))
    yield from _only(spot, (form for form in gerunds if cost(spot.low, form.word) <= 1), _SURE)


def _with_subject(
    spot: Spot, readings: Sequence[Form], before: Sequence[str], morphology: Morphology
) -> Iterator[Guess]:
    subject = subject_before(before, morphology)
    if subject is None or any(_agree(reading, subject) for reading in readings):
        return
    if subject.pos == "NOUN" and _may_be_object(spot, readings, subject, morphology):
        return
    tenses = {(reading.tense, reading.lemma) for reading in readings}
    fitting = [
        form
        for form in _verbs(readings, morphology, "VERB")
        if (form.tense, form.lemma) in tenses and _agree(form, subject)
    ]
    yield from _only(spot, fitting, _LIKELY)


def _may_be_object(spot: Spot, readings: Sequence[Form], noun: Form, morphology: Morphology) -> bool:
    """Return whether the noun before the verb is no subject: "чертёж попросили соседи"."""
    verb = readings[0]
    if noun.animacy == "anim" and noun.gender == "masc" and verb.gender == "femn":
        return True  # "директор хотела"
    if verb.lemma.endswith("ся") or verb.lemma in _STATES:
        return False
    following = (form for word in words_after(spot)[:3] for form in morphology.forms(word))
    if any(form.case == "nomn" and form.pos in ("NOUN", "NPRO") and _agree(verb, form) for form in following):
        return True
    # The accusative of these is another form than their nominative.
    is_subject = noun.animacy == "anim" or (noun.gender == "femn" and noun.number == "sing")
    return not is_subject and verb.number == "plur"


def subject_before(before: Sequence[str], morphology: Morphology) -> Form | None:
    """Return the subject directly before a verb: a pronoun, or a noun with its genitives behind it."""
    if before[0] in _PERSONS and not (len(before) > 1 and governed_cases(before[1])):
        number, person = _PERSONS[before[0]]
        return Form(
            before[0], before[0], "NPRO", "nomn", number, _GENDERS.get(before[0]), person, None, None, 1.0
        )
    for at, word in enumerate(before[:_MOST_WORDS]):
        readings = [form for form in morphology.forms(word) if form.pos in ("NOUN", "ADJF", "PRTF", "NPRO")]
        nouns = [form for form in readings if form.pos == "NOUN"]
        nominative = [form for form in nouns if form.case == "nomn"]
        if nominative and len(nominative) < len(nouns) and _is_after_noun(before[at + 1 :], morphology):
            continue  # "клик мыши": a genitive behind the subject
        if nominative and not _is_governed(before[at + 1 :], nominative, morphology):
            numbers = {form.number for form in nominative}
            return nominative[0] if len(numbers) == 1 else None
        if not any(form.case in ("gent", "gen2") for form in readings):
            return None
    return None


def _is_after_noun(before: Sequence[str], morphology: Morphology) -> bool:
    """Return whether the next word before is a noun."""
    readings = morphology.forms(before[0]) if before else ()
    return bool(readings) and all(form.pos == "NOUN" for form in readings)


def _is_governed(before: Sequence[str], nouns: Sequence[Form], morphology: Morphology) -> bool:
    """Return whether a noun is no subject: a preposition, a verb or a numeral stands before it."""
    for word in before[:3]:
        readings = morphology.forms(word)
        if governed_cases(word):
            return True
        if any(form.pos in ("VERB", "INFN", "GRND", "NUMR") for form in readings):
            return True
        agreeing = [form for form in readings if form.is_adjective]
        if not agreeing:
            return False
        if not any(form.case == "nomn" and form.number == noun.number for form in agreeing for noun in nouns):
            return True
    return False


def _agree(verb: Form, subject: Form) -> bool:
    if verb.number and subject.number and verb.number != subject.number:
        return False
    if verb.tense == "past":
        return verb.number == "plur" or not subject.gender or verb.gender == subject.gender
    return verb.person is None or verb.person == (subject.person or "3per")


def _verbs(readings: Sequence[Form], morphology: Morphology, pos: str) -> Iterable[Form]:
    lemmas = {reading.lemma: reading for reading in readings}
    for reading in lemmas.values():
        yield from (form for form in morphology.lexeme(reading) if form.pos == pos)


def _only(spot: Spot, fitting: Iterable[Form], confidence: float) -> Iterator[Guess]:
    words = {form.word for form in fitting} - {spot.low}
    if len(words) == 1:
        yield spot.instead(words.pop(), confidence)
