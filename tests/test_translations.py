"""Russian is whole: no word of ours is left in English, and no plural form is missing."""

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent


def test_the_catalogue_holds_every_word_translated(tmp_path):
    template = tmp_path / "messages.pot"
    extract = ["-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-k", "lazy_gettext"]
    subprocess.run([sys.executable, *extract, "-o", template, "."], cwd=ROOT, check=True)
    with template.open("rb") as file:
        wanted = {(message.id, message.context) for message in read_po(file) if message.id}
    with (ROOT / "moderation/translations/ru/LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file, locale="ru")
    have = {(message.id, message.context): message for message in catalogue if message.id}
    assert wanted - set(have) == set()
    assert set(have) - wanted == set(), "nobody says these any more"
    for message in have.values():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), message.id
        assert not message.fuzzy, message.id
        assert len(strings) in (1, 3)
