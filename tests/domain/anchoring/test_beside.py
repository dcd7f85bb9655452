import pytest

from moderation.domain.anchoring.beside import edited_neighbours, has_old_neighbours
from moderation.domain.text.normalise import Quote

BEFORE = "Площадь убрали к празднику. Как говорят в управе города, "
AFTER = " до самого вечера без перерыва. Потом свет погаснет, и все разойдутся по домам."


def edited(exact, before=BEFORE, after=AFTER, now_before=BEFORE, now_after=AFTER):
    text = now_before + exact + now_after
    return edited_neighbours(text, len(now_before), len(now_before) + len(exact), Quote(exact, before, after))


def test_nothing_changed_beside_the_passage():
    assert edited("сцена работает") is None


@pytest.mark.parametrize(
    ("now_before", "now_after", "reads"),
    [
        (BEFORE, "," + AFTER, "работает,"),
        (BEFORE, AFTER.replace(" до", " вплоть до"), "работает вплоть"),
        (BEFORE, AFTER.replace(" до", ""), "работает самого"),
        (BEFORE, AFTER.replace(" до самого", " по самый"), "работает по самый"),
        (BEFORE + "сцена ", AFTER, "сцена работает"),
        (BEFORE.replace("города, ", "города "), AFTER, "города работает"),
        (BEFORE + "там ", "," + AFTER, "там работает,"),
    ],
)
def test_an_edit_that_touches_the_passage_is_seen(now_before, now_after, reads):
    assert edited("работает", now_before=now_before, now_after=now_after) == reads


@pytest.mark.parametrize(
    ("now_before", "now_after"),
    [
        (BEFORE, AFTER.replace("самого", "позднего")),
        (BEFORE, AFTER.replace("разойдутся", "уйдут")),
        (BEFORE.replace("говорят", "сказали"), AFTER),
        (BEFORE, " с утра до обеда и ещё немного до самого вечера без перерыва."),
        (BEFORE, " совсем другими словами, которых тут не было раньше никогда."),
    ],
)
def test_other_edits_are_not_beside_the_passage(now_before, now_after):
    assert edited("работает", now_before=now_before, now_after=now_after) is None


def test_a_change_in_the_next_sentence_is_not_beside_the_passage():
    after = " Потом свет погаснет, и все разойдутся по домам до утра."
    assert edited("работает.", after=after, now_after=after.replace("Потом", "Затем")) is None


def test_a_mark_that_became_another_mark_is_seen():
    was, now = "; диски стоят дороже, чем в прошлом году.", ": диски стоят дороже, чем в прошлом году."
    assert edited("памяти", after=was, now_after=now) == "памяти:"


def test_a_space_that_went_is_seen():
    was, now = " , диски стоят дороже, чем в прошлом году.", ", диски стоят дороже, чем в прошлом году."
    assert edited("памяти", after=was, now_after=now) == "памяти,"


def test_a_context_too_short_to_compare_says_nothing():
    assert edited("памяти", before="", after=" и", now_before="", now_after=", и всё") is None


@pytest.mark.parametrize(
    ("text", "unchanged"),
    [("Он давно работает, но", True), ("Он давно работает но", False), ("Он теперь работает, но", False)],
)
def test_the_neighbours_of_a_passage_are_those_of_the_quote_or_not(text, unchanged):
    start = text.index("работает")
    assert has_old_neighbours(text, start, start + 8, Quote("работает", "Он давно ", ", но")) is unchanged
