import pytest

from moderation.domain.spelling.kinds import goes_with_kind


@pytest.mark.parametrize(
    ("exact", "correction", "kind", "goes"),
    [
        ("говорит", "говорит,", "punctuation", True),
        ("говорит", "говорят", "punctuation", False),
        ("говорит", "говорит,", "spelling", False),
        ("говорит", "говорит,", "grammar", False),
        ("кто то", "кто-то", "spelling", True),
        ("dont", "don't", "spelling", True),
        ("говорит", "говорят", "fact", False),
        ("говорит", "говорит,", None, True),
        ("говорит", "говорят", "other", True),
    ],
)
def test_a_correction_goes_with_the_kind_that_the_reader_chose(exact, correction, kind, goes):
    assert goes_with_kind(exact, correction, kind) is goes
