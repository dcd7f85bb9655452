from argon2 import extract_parameters
from argon2.profiles import RFC_9106_LOW_MEMORY

from moderation.services.accounts import editors
from moderation.services.accounts.editors import sign_in
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
