"""Bold words in the pages for readers, and in all Russian pages, are labels of the interface."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = [ROOT / "docs/reader.md"]
RUSSIAN = sorted(ROOT.glob("docs/ru/*.md"))
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@pytest.fixture(scope="module")
def labels():
    """All messages of the interface, by language: those of pages, and those of the widget."""
    catalogue = read_po((ROOT / "moderation/translations/ru/LC_MESSAGES/messages.po").open("rb"), "ru")
    messages = [message for message in catalogue if message.id]
    texts = {"en": [message.id for message in messages], "ru": [message.string for message in messages]}
    return {lang: flat(texts[lang]) | widget_words(lang) for lang in texts}


def flat(texts):
    """Messages with plural forms are tuples of them. Documents have no no-break spaces."""
    return {
        form.replace("\N{NO-BREAK SPACE}", " ")
        for text in texts
        for form in ([text] if isinstance(text, str) else text)
    }


def widget_words(lang):
    files = [ROOT / f"moderation/static/widget/{name}.{lang}.json" for name in ("words", "reports")]
    return flat(word for file in files for word in json.loads(file.read_text("utf-8")).values())


@pytest.mark.parametrize("document", [*ENGLISH, *RUSSIAN], ids=lambda path: str(path.relative_to(ROOT)))
def test_every_bold_word_is_a_label_of_the_interface(labels, document):
    bold = _BOLD.findall(document.read_text("utf-8"))
    assert [label for label in bold if label not in labels["ru" if document in RUSSIAN else "en"]] == []
