"""The Russian words of pymorphy3, by its fast module and by its own, which other machines use."""

import json
import subprocess
import sys

import pytest

from moderation.services.triage.dictionaries import lexicon

SLIPS = ["расказал", "зеленыи", "зелёныи", "учавствовать", "ееее", "кофэ", "дом", "ъъ"]
_WITHOUT_WHEEL = """
import json, sys
sys.modules["dawg"] = None
from moderation.services.triage.dictionaries import lexicon
russian = lexicon("ru")
slips = json.loads(sys.argv[1])
print(json.dumps({slip: sorted(each.word for each in russian.near(slip)) for slip in slips}))
"""


@pytest.mark.parametrize(
    ("text", "begun"),
    [("", 0), ("расказал", 6), ("зеленый", 7), ("зелёный", 7), ("ъъ", 0), ("е" * 60, 2), ("стол", 4)],
)
def test_it_is_known_how_many_letters_begin_a_word_also_one_with_yo(text, begun):
    assert lexicon("ru").begun(text) == begun


def test_machines_without_a_wheel_of_the_fast_module_find_the_same_words():
    command = [sys.executable, "-c", _WITHOUT_WHEEL, json.dumps(SLIPS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        slip: sorted(each.word for each in lexicon("ru").near(slip)) for slip in SLIPS
    }
