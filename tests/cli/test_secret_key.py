"""Commands that read or replace the secret key."""

from moderation.secret_keys import SecretKeys
from moderation.services.instance.secret_key import remember_first_key


class TestSecretKey:
    def test_doctor_notices_another_key_until_it_is_accepted(self, run, session):
        remember_first_key(session, SecretKeys("s" * 32))
        assert "ok    secret key" in run("doctor").stdout
        assert "FAIL  secret key: SECRET_KEY is not the one" in run("doctor", SECRET_KEY="t" * 32).stdout
        assert run("db", "accept-secret-key", SECRET_KEY="t" * 32).returncode == 0
        assert "ok    secret key" in run("doctor", SECRET_KEY="t" * 32).stdout

    def test_the_old_key_becomes_a_fallback_and_what_is_stored_moves_to_the_new_one(self, run, session):
        remember_first_key(session, SecretKeys("s" * 32))
        keys = {"SECRET_KEY": "t" * 32, "SECRET_KEY_FALLBACKS": "s" * 32}
        assert "neither SECRET_KEY nor" in run("secret", "rotate", SECRET_KEY="t" * 32).stderr
        assert "run `corrigenda secret rotate`" in run("doctor", **keys).stdout
        assert run("secret", "rotate", **keys).stdout == "encrypted with the new key: 0 value(s)\n"
        assert "ok    secret key" in run("doctor", **keys).stdout
        short = run("doctor", SECRET_KEY_FALLBACKS="short")
        assert "FAIL  settings: a key in SECRET_KEY_FALLBACKS is shorter than 32" in short.stdout
