import pytest

from moderation.services.instance.server import old_server


@pytest.mark.parametrize(("number", "release"), [(150018, "15.18"), (140000, "14.0")])
def test_postgresql_before_16_is_refused_with_its_release(number, release):
    assert old_server(number) == f"PostgreSQL {release} is too old: Corrigenda needs 16 or later"


@pytest.mark.parametrize("number", [160000, 180004])
def test_postgresql_from_16_on_is_accepted(number):
    assert old_server(number) is None
