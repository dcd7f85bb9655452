import hashlib
from datetime import timedelta

import pyotp
import pytest

from moderation.secret_keys import SecretKeys
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts import two_factor
from tests.factories import NOON, EditorFactory

KEY = SecretKeys("k" * 40)


@pytest.fixture
def editor(session):
    return EditorFactory()


@pytest.fixture
def turned_on(session, editor):
    """The secret and the recovery codes of an editor who is asked for codes."""
    secret = two_factor.new_secret()
    here = desk_sessions.start(session, editor, "Firefox", NOON)
    codes = two_factor.turn_on(
        session, KEY, editor, secret=secret, code=code(secret, NOON), now=NOON, keep=here
    )
    return secret, codes


def code(secret, at):
    return pyotp.TOTP(secret).at(at)


def test_the_secret_is_kept_encrypted(session, editor, turned_on):
    secret, codes = turned_on
    assert two_factor.is_on(editor) and secret.encode() not in editor.totp_secret
    assert len(set(codes)) == len(codes) == 10
    assert all(one.encode() not in editor.recovery_digests for one in codes)


def test_a_wrong_first_code_turns_nothing_on(session, editor):
    secret = two_factor.new_secret()
    wrong = two_factor.turn_on(
        session, KEY, editor, secret=secret, code="000000", now=NOON + timedelta(days=1), keep=editor.id
    )
    assert wrong is None and not two_factor.is_on(editor)
    assert two_factor.check(session, KEY, editor, "whatever", NOON)  # none is asked for


@pytest.mark.parametrize(("seconds", "good"), [(30, True), (60, True), (-30, False), (600, True)])
def test_a_code_is_good_in_its_time_and_once(session, editor, turned_on, seconds, good):
    secret, _codes = turned_on
    at = NOON + timedelta(seconds=seconds)
    assert two_factor.check(session, KEY, editor, code(secret, at), at) is good
    assert not two_factor.check(session, KEY, editor, code(secret, at), at)


def test_the_code_that_turned_it_on_is_used_up(session, editor, turned_on):
    assert not two_factor.check(session, KEY, editor, code(turned_on[0], NOON), NOON)


def test_clocks_may_differ_by_one_step(session, editor, turned_on):
    at = NOON + timedelta(minutes=10)
    assert not two_factor.check(session, KEY, editor, code(turned_on[0], at + timedelta(seconds=70)), at)
    assert two_factor.check(session, KEY, editor, code(turned_on[0], at + timedelta(seconds=30)), at)


def test_a_recovery_code_is_good_once_however_it_is_typed(session, editor, turned_on):
    first = turned_on[1][0]
    typed = f" {first[:5].upper()}-{first[5:]}"
    assert two_factor.check(session, KEY, editor, typed, NOON)
    assert not two_factor.check(session, KEY, editor, first, NOON)
    assert len(editor.recovery_digests) == 9


def test_signs_of_any_alphabet_are_a_wrong_code(session, editor, turned_on):
    assert not two_factor.check(session, KEY, editor, "１２３４５６", NOON + timedelta(days=1))
    assert not two_factor.check(session, KEY, editor, "é" * 20, NOON + timedelta(days=1))


def test_fresh_recovery_codes_end_the_old_ones(session, editor, turned_on):
    fresh = two_factor.new_recovery_codes(session, KEY, editor)
    assert not two_factor.check(session, KEY, editor, turned_on[1][0], NOON)
    assert two_factor.check(session, KEY, editor, fresh[0], NOON)


def test_turning_it_on_ends_the_other_sessions(session, editor):
    here, there = (desk_sessions.start(session, editor, browser, NOON) for browser in ("a", "b"))
    secret = two_factor.new_secret()
    two_factor.turn_on(session, KEY, editor, secret=secret, code=code(secret, NOON), now=NOON, keep=here)
    assert desk_sessions.resume(session, there, NOON) is None
    assert desk_sessions.resume(session, here, NOON) is not None


def test_a_copy_of_the_database_alone_cannot_test_recovery_codes(session, editor, turned_on):
    plain = {hashlib.sha256(recovery.encode()).digest() for recovery in turned_on[1]}
    assert not any(digest in stored for digest in plain for stored in editor.recovery_digests)


def test_codes_of_version_0_1_stay_valid_and_get_the_key_at_the_next_use(session, editor, turned_on):
    old = ["abcdefghjk", "mnpqrstuvw"]
    editor.recovery_digests = [hashlib.sha256(recovery.encode()).digest() for recovery in old]
    session.commit()
    assert two_factor.check(session, KEY, editor, old[0], NOON)
    assert not two_factor.check(session, KEY, editor, old[0], NOON)
    [left] = editor.recovery_digests
    assert hashlib.sha256(old[1].encode()).digest() not in left
    assert two_factor.check(session, KEY, editor, old[1], NOON) and editor.recovery_digests == []


def test_turned_off_nothing_is_left(session, editor, turned_on):
    two_factor.turn_off(session, editor)
    assert (editor.totp_secret, editor.totp_last, editor.recovery_digests) == (None, None, [])
