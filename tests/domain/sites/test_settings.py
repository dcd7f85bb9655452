import pytest

from moderation.domain.sites.languages import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES
from moderation.domain.sites.settings import (
    MOST_ENTRIES,
    has_too_many,
    invalid_settings,
    longest,
    value_range,
)


@pytest.mark.parametrize(
    ("name", "limits"),
    [("spam_threshold", (0, 1)), ("insisting_readers", (1, 1000)), ("fetch_pause", (0.1, 60))],
)
def test_a_setting_that_is_a_number_tells_its_smallest_and_largest_value(name, limits):
    assert value_range(name) == limits


@pytest.mark.parametrize(("name", "length"), [("ground_rules", 500), ("article_root", 200)])
def test_a_setting_that_is_a_text_tells_its_largest_length(name, length):
    assert longest(name) == length


def test_the_language_switch_names_every_language():
    assert tuple(LANGUAGE_NAMES) == LANGUAGES


def test_the_default_language_is_one_of_the_languages():
    assert DEFAULT_LANGUAGE in LANGUAGES


def test_settings_with_values_that_are_not_allowed_are_named():
    most = MOST_ENTRIES["reject_reasons"]
    sent = {"spam_threshold": 2, "fetch_pause": 1.0, "blocked_words": ["слово"], "word_list": "слово"}
    assert invalid_settings(sent) == ["spam_threshold", "word_list"]
    assert has_too_many("reject_reasons", [""] * (most + 1))
    assert not has_too_many("reject_reasons", [""] * most)
    assert invalid_settings({"blocked_readers": ["0" * 16] * (MOST_ENTRIES["blocked_readers"] + 1)}) == [
        "blocked_readers"
    ]
