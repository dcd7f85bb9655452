import pytest

from moderation.services.accounts.editors import (
    EmailTaken,
    InvalidAccount,
    add_editor,
    editor_by_email,
    sign_in,
)
from moderation.services.accounts.email_change import complete
from tests.factories import PASSWORD, EditorFactory, EmailChangeFactory, SiteFactory


class TestEditors:
    def test_an_editor_signs_in_whatever_the_case_of_the_address(self, session):
        editor = EditorFactory(email="anna@news.example")
        assert sign_in(session, " Anna@news.example ", PASSWORD).id == editor.id

    @pytest.mark.parametrize(
        ("email", "password"), [("anna@news.example", "wrong"), ("nobody@news.example", PASSWORD)]
    )
    def test_wrong_is_nobody(self, session, email, password):
        EditorFactory(email="anna@news.example")
        assert sign_in(session, email, password) is None

    def test_add_with_a_role(self, session):
        site = SiteFactory()
        add_editor(session, "Anna@News.example", PASSWORD, role="viewer", site=site)
        [membership] = editor_by_email(session, "anna@news.example").memberships
        assert (membership.site_id, membership.role) == (site.id, "viewer")

    @pytest.mark.parametrize(
        ("email", "password", "words"),
        [
            ("anna", PASSWORD, "@"),
            ("anna@news.example", "short", "at least 12"),
            ("anna@news.example", "x" * 257, "at most 256"),
            ("anna@news.example", "password1234", "guess"),
            ("anna@news.example", "anna@news.example", "email"),
            ("taken@news.example", PASSWORD, "already"),
        ],
    )
    def test_what_cannot_be_says_why(self, session, email, password, words):
        EditorFactory(email="taken@news.example")
        with pytest.raises(InvalidAccount, match=words):
            add_editor(session, email, password, role=None, site=None)

    def test_a_new_and_a_changed_account_say_the_same_of_an_email_that_is_taken(self, session):
        editor = EditorFactory(email="anna@news.example")
        EditorFactory(email="taken@news.example")
        change = EmailChangeFactory(editor=editor, email="taken@news.example")
        same = "^An account with the email taken@news.example already exists.$"
        with pytest.raises(EmailTaken, match=same):
            complete(session, editor, change)
        with pytest.raises(EmailTaken, match=same):
            add_editor(session, "Taken@news.example", PASSWORD, role=None, site=None)

    def test_a_role_needs_a_site(self, session):
        with pytest.raises(InvalidAccount, match="needs a site"):
            add_editor(session, "anna@news.example", PASSWORD, role="viewer", site=None)
