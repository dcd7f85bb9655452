import pytest

from moderation.domain.accounts.group_grants import Grant, read_grants


def test_grants_are_a_role_on_a_site_or_the_whole_instance():
    assert read_grants("editors = My News: editor ; ops=owner;") == [
        Grant("editors", "My News", "editor"),
        Grant("ops", None, None),
    ]


def test_the_name_of_a_site_may_hold_a_colon():
    assert read_grants("g=News: Berlin:admin") == [Grant("g", "News: Berlin", "admin")]


@pytest.mark.parametrize("text", ["editors", "=News:editor", "g=News:king", "g=:editor", "g=editor"])
def test_a_grant_that_cannot_be_read_says_how_to_write_it(text):
    with pytest.raises(ValueError, match=r"write group=Site name:viewer\|editor\|admin, or group=owner"):
        read_grants(text)
