import pytest

from moderation.domain.spelling.languages import LANGUAGES
from moderation.services.triage.dictionaries import lexicon

WORDS = {"ru": "мост", "en": "bridge"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_of_the_speller_has_a_dictionary(lang):
    assert lexicon(lang).spells(WORDS[lang])
