"""Sites, accounts and tokens, as an operator adds them."""

import pytest
from sqlalchemy import select

from moderation.models import Token
from moderation.services.accounts.editors import sign_in
from tests.support.commands import answer


class TestAccounts:
    def test_from_a_site_to_a_token(self, run):
        site = answer(run("site", "add", "News", "--origin", "https://NEWS.example:443/", "--json"))
        assert set(site) == {"id", "name", "site_key", "origins"}
        assert site["site_key"].startswith("pk_")
        assert site["origins"] == ["https://news.example"]
        editor = answer(
            run("editor", "add", "Anna@News.example", "--role", "editor", "--site", "News", "--json")
        )
        assert editor["email"] == "anna@news.example" and len(editor["password"]) >= 12
        token = answer(run("token", "add", "--editor", "anna@news.example", "--name", "cms", "--json"))
        assert token["token"].startswith("cgt_")

    def test_without_json_it_reads_well(self, run):
        done = run("site", "add", "News", "--origin", "https://a.example", "--origin", "https://b.example")
        assert "origins   https://a.example, https://b.example" in done.stdout

    def test_a_password_from_standard_input_is_not_printed(self, run):
        done = run(
            "editor",
            "add",
            "boss@news.example",
            "--role",
            "owner",
            "--password-stdin",
            stdin="long enough 1\n",
        )
        assert done.returncode == 0
        assert "long enough" not in done.stdout + done.stderr

    def test_a_new_password_and_a_token_with_an_end(self, run, session):
        run("editor", "add", "a@news.example", "--role", "owner")
        assert len(run("editor", "password", "a@news.example").stdout.split()[1]) >= 12
        assert (
            run("editor", "password", "a@news.example", "--password-stdin", stdin="long enough 1\n").stdout
            == ""
        )
        assert sign_in(session, "a@news.example", "long enough 1") is not None
        answer(
            run(
                "token",
                "add",
                "--editor",
                "a@news.example",
                "--name",
                "x",
                "--scope",
                "read",
                "--days",
                "9",
                "--json",
            )
        )
        [token] = session.scalars(select(Token))
        assert token.scopes == ["read"] and token.expires_at is not None

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (("editor", "password", "no@news.example"), "No account with the email no@news.example"),
            (("site", "add", "A", "--origin", "ftp://a.example"), "Invalid domain"),
            (("site", "add", "A", "--origin", "https://a.example/path"), "without a path"),
            (("site", "add", "A"), "--origin"),
            (("editor", "add", "a@news.example", "--role", "editor"), "Give --site for this role"),
            (("editor", "add", "a@news.example", "--role", "owner", "--site", "X"), "Owners take no site"),
            (("editor", "add", "a@news.example", "--role", "editor", "--site", "X"), 'No site named "X"'),
            (("editor", "add", "not an address", "--role", "owner"), "not an address"),
            (("editor", "add", "a@news.example", "--role", "king"), "'king' is not one of"),
            (
                ("token", "add", "--editor", "no@news.example", "--name", "x"),
                "No account with the email no@news.example",
            ),
        ],
    )
    def test_what_cannot_be_is_said_clearly(self, run, arguments, words):
        done = run(*arguments)
        assert done.returncode in (1, 2)
        assert words in done.stderr and "Traceback" not in done.stderr

    def test_the_same_name_or_address_twice(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        assert (
            'A site named "News" already exists.'
            in run("site", "add", "News", "--origin", "https://x.example").stderr
        )
        run("editor", "add", "a@news.example", "--role", "owner")
        assert "already exists" in run("editor", "add", "A@news.example", "--role", "owner").stderr
