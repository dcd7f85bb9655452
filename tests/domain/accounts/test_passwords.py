import pytest

from moderation.domain.accounts.passwords import SHORTEST, weakness

ANNA = {"email": "anna.petrova@news.example", "name": "Анна Петрова"}


@pytest.mark.parametrize(
    "password", ["correct horse battery", "a much better one", "long enough 1", "xK7#mPq2vL9w"]
)
def test_long_and_uncommon_passwords_are_accepted(password):
    assert weakness(password, **ANNA) is None


@pytest.mark.parametrize("password", ["", "short", "x" * (SHORTEST - 1)])
def test_a_short_one_is_refused(password):
    assert weakness(password, **ANNA) == "short"


def test_a_very_long_one_is_refused_and_costs_nothing():
    assert weakness("x" * 257, **ANNA) == "long"
    assert weakness("correct horse battery staple " * 8, **ANNA) is None


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password2024!", "aaaaaaaaaaaa", "123456789012", "qwertyuiop12", "123qweasdzxc",
        "1qaz2wsx3edc", "йцукенгшщзхъ", "пароль123456", "приветпривет", "corrigenda2026",
    ],
)  # fmt: skip
def test_a_common_one_is_refused(password):
    assert weakness(password, **ANNA) == "common"


@pytest.mark.parametrize(
    "password",
    [
        "anna.petrova@news.example",
        "ANNA.PETROVA@NEWS.EXAMPLE1",
        "Анна Петрова",
        "анна петрова 1",
        "anna.petrova1984",
    ],
)
def test_the_address_or_the_name_is_refused(password):
    assert weakness(password, **ANNA) == "personal"


def test_a_short_name_does_not_rule_out_long_passwords():
    assert weakness("an uncommon sentence", email="an@news.example", name="An") is None
