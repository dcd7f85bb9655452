"""What there is, and how it is revoked."""

from sqlalchemy import select

from moderation.models import AuditEntry, Token
from moderation.services.accounts.editors import sign_in
from tests.support.commands import answer


class TestListing:
    def test_sites_are_listed_and_shown_with_their_keys_and_settings(self, run):
        assert "no sites" in run("site", "list").stdout
        added = answer(run("site", "add", "News", "--origin", "https://news.example", "--json"))
        assert answer(run("site", "list", "--json")) == [added]
        shown = answer(run("site", "show", "News", "--json"))
        assert shown.items() > added.items() and shown["keep_days"] == 0
        assert added["site_key"] in run("site", "show", "News").stdout
        assert 'No site named "X"' in run("site", "show", "X").stderr

    def test_the_audit_log_knows_what_the_command_line_did(self, run, session):
        run("site", "add", "News", "--origin", "https://news.example")
        run("site", "set", "News", "--keep-days", "30")
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [(entry.what, entry.editor_id) for entry in entries] == [
            ("site.made", None),
            ("settings.changed", None),
        ]

    def test_editors_are_listed_by_site_and_shown_with_their_roles(self, run):
        run("site", "add", "News", "--origin", "https://news.example")
        run("editor", "add", "boss@news.example", "--role", "owner")
        run("editor", "add", "anna@news.example", "--role", "editor", "--site", "News")
        assert [row["roles"] for row in answer(run("editor", "list", "--json"))] == [
            ["News: editor"],
            ["owner"],
        ]
        of_site = answer(run("editor", "list", "--site", "News", "--json"))
        assert [row["email"] for row in of_site] == ["anna@news.example"]
        shown = answer(run("editor", "show", "anna@news.example", "--json"))
        assert shown["two_factor"] is False and shown["disabled_at"] is None

    def test_a_disabled_editor_cannot_sign_in_and_has_no_tokens(self, run, session):
        run("editor", "add", "a@news.example", "--role", "owner", "--password-stdin", stdin="long enough 1\n")
        run("token", "add", "--editor", "a@news.example", "--name", "x")
        assert run("editor", "disable", "a@news.example").returncode == 0
        assert sign_in(session, "a@news.example", "long enough 1") is None
        assert session.scalars(select(Token)).all() == []
        assert answer(run("editor", "show", "a@news.example", "--json"))["disabled_at"] is not None
        run("editor", "enable", "a@news.example")
        session.expire_all()
        assert sign_in(session, "a@news.example", "long enough 1") is not None

    def test_a_token_is_listed_and_revoked_by_its_id(self, run):
        run("editor", "add", "a@news.example", "--role", "owner")
        run("token", "add", "--editor", "a@news.example", "--name", "cms")
        [listed] = answer(run("token", "list", "--json"))
        assert (listed["name"], listed["editor"]) == ("cms", "a@news.example")
        assert answer(run("token", "list", "--editor", "a@news.example", "--json")) == [listed]
        assert run("token", "revoke", listed["id"]).stdout == "revoked\n"
        assert "No token with the ID" in run("token", "revoke", listed["id"]).stderr
        assert run("token", "list").stdout == "no tokens\n"
