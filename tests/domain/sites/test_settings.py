import pytest

from moderation.domain.sites.languages import DEFAULT_LANGUAGE, LANGUAGE_NAMES, LANGUAGES
from moderation.domain.sites.settings import longest, value_range


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
