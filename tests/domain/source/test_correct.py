"""Corrections in the source of an article: text changes, markup does not, and nothing is guessed."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from moderation.domain.source.correct import Change, Field, plan
from moderation.domain.text.normalise import Quote
from tests.support.sources import corrected

_TAG = re.compile(r"<[^>]*>")


@pytest.mark.parametrize(
    ("kind", "source", "exact", "correction", "reason"),
    [
        ("wordpress", "<p>ничего похожего</p>", "котрая", "которая", "not_there"),
        ("wordpress", "<p>котрая и котрая</p>", "котрая", "которая", "not_unique"),
        ("wordpress", "<p>run <code>wrod</code> now</p>", "wrod", "word", "not_editable"),
        ("wordpress", "<p>one</p><p>two</p>", "one two", "onetwo", "not_editable"),
        ("wordpress", "[code]a wrod[/code]", "wrod", "word", "not_editable"),
        ("html", "<script>котрая</script><p>нет</p>", "котрая", "которая", "not_there"),
        ("markdown", "```\nкотрая\n```\n", "котрая", "которая", "not_editable"),
        ("markdown", "run `wrod` now", "wrod", "word", "not_editable"),
        ("markdown", "---\ntitle: Just a titel\n---\n", "titel", "title: x", "not_editable"),
        ("markdown", "{{< figure alt=\"котрая\" >}}\n", "котрая", "которая", "not_there"),
    ],
)  # fmt: skip
def test_what_cannot_be_changed_safely_is_refused(kind, source, exact, correction, reason):
    assert corrected(kind, source, exact, correction) == reason


def test_an_invisible_character_at_the_very_start_is_kept():
    assert corrected("html", "\u200bкотрая", "котрая", "которая") == "\u200bкоторая"


def test_brackets_are_text_where_there_are_no_shortcodes():
    assert corrected("html", "<p>[wrod]</p>", "wrod", "word") == "<p>[word]</p>"


def test_a_passage_with_half_of_its_context_beats_one_without():
    source = "<p>Сперва пришла котрая река.</p><p>котрая лодка</p>"
    made = corrected("html", source, "котрая", "которая", "Нет. Сперва пришла ", " совсем другая")
    assert made == source.replace("пришла котрая", "пришла которая")


def test_whether_it_is_mended_is_not_guessed():
    assert corrected("html", "<p>мир</p><p>мор</p>", "мир", "мор") == "not_unique"


def test_of_two_changes_of_one_passage_the_second_is_refused():
    changes = [
        Change(key, Quote("котрая"), correction) for key, correction in (("a", "которая"), ("b", "кто"))
    ]
    made = plan([Field("content", "html", "<p>котрая</p>")], changes)
    assert (made.fields[0].text, made.refused, made.changes_anything) == (
        "<p>которая</p>",
        {"b": "overlaps"},
        True,
    )
    again = plan(made.fields, changes[:1])
    assert not again.changes_anything


def test_the_context_tells_equal_passages_apart():
    source = "<p>Сперва котрая пришла рано утром.</p><p>Потом котрая ушла поздно ночью.</p>"
    made = corrected("html", source, "котрая", "которая", "пришла рано утром. Потом ", " ушла поздно ночью.")
    assert made == source.replace("Потом котрая", "Потом которая")


def test_a_passage_in_other_surroundings_is_refused():
    assert corrected(
        "html", "<p>Здесь котрая стоит</p>", "котрая", "которая", "совсем не то ", " что было"
    ) == ("not_unique")


def test_a_correction_that_stands_there_is_not_made_twice():
    quote = {"prefix": "Все пришли, ", "suffix": " он не пришёл и опоздал."}
    once = corrected(
        "html", "<p>Все пришли, однако он не пришёл и опоздал.</p>", "однако", "однако,", **quote
    )
    assert once == "<p>Все пришли, однако, он не пришёл и опоздал.</p>"
    assert corrected("html", once, "однако", "однако,", **quote) == once


def test_fifty_corrections_of_one_text_are_made_at_once():
    sentences = [f"Предложение номер {n} с ашипкой{n} внутри." for n in range(50)]
    source = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    changes = [Change(str(n), Quote(f"ашипкой{n}"), f"ошибкой{n}") for n in range(50)]
    made = plan([Field("content", "html", source)], changes)
    assert made.refused == {}
    assert made.fields[0].text == source.replace("ашипкой", "ошибкой")


def test_a_title_is_corrected_in_its_own_field():
    fields = [Field("title", "html", "Новасти дня"), Field("content", "html", "<p>Другой текст</p>")]
    made = plan(fields, [Change("a", Quote("Новасти", "Меню ", " дня Другой"), "Новости")])
    assert [field.text for field in made.fields] == ["Новости дня", "<p>Другой текст</p>"]


WORDS = st.lists(st.text("абвгдежз", min_size=1, max_size=7), min_size=1, max_size=12)
TAGS = st.sampled_from(
    ["", "", "", "<em>", "</em>", "<b class='котрая'>", "</b>", "&shy;", "<!-- wp:x {} -->"]
)


@given(data=st.data(), words=WORDS, correction=st.text("абвгик <&'-[", min_size=1, max_size=12))
def test_any_correction_reads_as_written_changes_no_markup_and_can_be_taken_back(data, words, correction):
    assume(correction.strip() == correction and not re.search("  |--|''", correction))
    exact = "ъ".join(words[:2]) + "ь"
    letters = [f"{char}{data.draw(TAGS)}" for char in exact]
    source = f"<p>Начало строки {''.join(letters)} конец строки</p>"
    quote = Quote(exact, "Начало строки ", " конец строки")
    made = plan([Field("content", "wordpress", source)], [Change("a", quote, correction)])
    done, after = made.corrections["a"], made.fields[0].text
    assert _TAG.findall(after) == _TAG.findall(source)
    again = plan(made.fields, [Change("a", quote, correction)])
    assert again.fields[0].text == after
    assume(correction != exact)
    back = Change("a", Quote(correction, quote.prefix, quote.suffix), exact, (done.after, done.before))
    assert plan(made.fields, [back]).fields[0].text == source


@given(st.text(max_size=200), st.sampled_from(["html", "wordpress", "markdown"]))
def test_any_source_can_be_read_and_stays_as_it_is_without_a_change(source, kind):
    made = plan([Field("content", kind, source)], [Change("a", Quote("ёжикъ"), "ёжик")])
    assert made.fields[0].text == source or "ёжикъ" in source
