"""Rules for new passwords: long enough, not a common one, not the account's address or name.

zxcvbn brings the lists of common passwords and words, and works offline. It estimates how many guesses an
attacker needs who tries common things first.
"""

from typing import Literal

Weakness = Literal["short", "long", "common", "personal"]

SHORTEST = 12
LONGEST = 256
_FEWEST_GUESSES = 10**8
_READ = 72
"""Characters that zxcvbn reads: its time grows with the square of the length."""
_SHORTEST_NAME = 4
_RUSSIAN = (
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "пароль",
    "привет",
    "любовь",
    "наташа",
    "марина",
    "редакция",
)
"""Common Russian passwords and keyboard rows. zxcvbn's lists are English."""


def weakness(password: str, *, email: str, name: str | None) -> Weakness | None:
    """Return why a password must not be used; None if it may be."""
    # Its word lists take 13 MB, and most processes never see a new password.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if _is_personal(password, email, name):
        return "personal"
    inputs = [*_RUSSIAN, "corrigenda", email.partition("@")[0], *(name or "").lower().split()]
    guesses = zxcvbn(password[:_READ], user_inputs=inputs)["guesses"]
    return "common" if guesses < _FEWEST_GUESSES else None


def _is_personal(password: str, email: str, name: str | None) -> bool:
    """Return whether little more than the address or the name is in the password."""
    given = password.lower()
    for personal in (email.lower(), email.partition("@")[0].lower(), (name or "").strip().lower()):
        if (
            len(personal) >= _SHORTEST_NAME
            and personal in given
            and len(given) - len(personal) < SHORTEST // 2
        ):
            return True
    return False
