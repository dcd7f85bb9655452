import threading

import pytest
from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from moderation.services.accounts import editors
from moderation.services.accounts.editors import sign_in
from moderation.services.accounts.password_hash import AT_ONCE, BoundedHasher, TooManyPasswords
from tests.factories import PASSWORD, EditorFactory
from tests.support.passwords import STRONG


def test_a_hash_costs_what_rfc_9106_recommends():
    assert extract_parameters(STRONG.hash(PASSWORD)) == RFC_9106_LOW_MEMORY


def test_a_weaker_hash_is_replaced_when_its_editor_signs_in(session, monkeypatch):
    editor = EditorFactory()
    monkeypatch.setattr(editors, "hasher", STRONG)
    assert sign_in(session, editor.email, PASSWORD) is editor
    assert extract_parameters(editor.password_hash) == RFC_9106_LOW_MEMORY
    assert sign_in(session, editor.email, PASSWORD) is editor


class Slow:
    """A hasher that takes until the test ends it."""

    def __init__(self):
        self.entered, self.go = threading.Semaphore(0), threading.Event()

    def verify(self, _hashed, _password):
        self.entered.release()
        return self.go.wait(10)


def test_a_flood_of_passwords_fills_no_memory():
    slow = Slow()
    hasher = BoundedHasher(slow, patience=0.0)
    threads = [threading.Thread(target=hasher.verify, args=("hash", "x")) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
        assert slow.entered.acquire(timeout=10)
    with pytest.raises(TooManyPasswords):
        hasher.verify("hash", "y")
    slow.go.set()
    for thread in threads:
        thread.join(10)
    assert hasher.verify("hash", "z")
