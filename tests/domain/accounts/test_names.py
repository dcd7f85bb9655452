import pytest

from moderation.domain.accounts.names import is_one_line


@pytest.mark.parametrize("name", ["Anna Petrova", "Ёлка & Co.", ""])
def test_a_plain_name_is_one_line(name):
    assert is_one_line(name)


@pytest.mark.parametrize("mark", ["\n", "\r", "\0", "\u2028", "\u2029", "\u202e", "\u2066"])
def test_a_name_with_a_line_end_or_a_direction_mark_is_refused(mark):
    assert not is_one_line(f"Anna{mark}Petrova")
