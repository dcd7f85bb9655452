from datetime import timedelta

import pytest
from sqlalchemy import select

from moderation.domain.accounts.group_grants import Grant, read_grants
from moderation.models import AuditEntry, DeskSession, OutboxMessage, Token
from moderation.services.accounts import sessions as desk_sessions
from moderation.services.accounts.editors import InvalidAccount, sign_in
from moderation.services.accounts.identity import read_identity
from moderation.services.accounts.single_sign_on import NoGroup, enter
from moderation.services.accounts.telegram_link import editor_of_user
from moderation.services.accounts.tokens import add_token, use_token
from moderation.services.sites.directory import find_site
from moderation.services.sites.server_keys import UnknownServerKey, add_server_key, use_server_key
from tests.factories import NOON, PASSWORD, EditorFactory, SiteFactory, TelegramAccountFactory

GRANTS = read_grants("desk=Город:editor; chiefs=Город:admin; desk=Спорт:viewer; ops=owner")


@pytest.fixture
def come(session):
    """Somebody comes from the provider."""
    SiteFactory(name="Город"), SiteFactory(name="Спорт")

    def arrive(*groups, subject="s1", email="Anna@News.example", verified=True, name="Анна"):
        claims = {"sub": subject, "email": email, "email_verified": verified, "name": name}
        return enter(session, GRANTS, read_identity(claims | {"groups": list(groups)}), NOON)

    return arrive


def roles(editor):
    return {membership.site.name: membership.role for membership in editor.memberships}


def test_grants_are_read():
    assert GRANTS[0] == Grant("desk", "Город", "editor") and GRANTS[3] == Grant("ops", None, None)
    assert read_grants("g=A: B:viewer") == [Grant("g", "A: B", "viewer")]


@pytest.mark.parametrize(
    "text", ["desk", "desk=Город", "desk=Город:boss", "=Город:admin", "=owner", "a=:admin"]
)
def test_grants_that_are_none_say_why(text):
    with pytest.raises(ValueError, match="write group="):
        read_grants(text)


def test_the_first_time_makes_an_account_with_the_strongest_roles(come):
    editor = come("desk", "chiefs", "others")
    assert (editor.email, editor.name, editor.password_hash) == ("anna@news.example", "Анна", None)
    assert roles(editor) == {"Город": "admin", "Спорт": "viewer"} and not editor.is_owner


def test_later_times_follow_the_groups(session, come):
    first = come("ops")
    assert first.is_owner
    again = come("desk", email="other@news.example")
    assert again.id == first.id and not again.is_owner
    session.refresh(again)
    assert roles(again) == {"Город": "editor", "Спорт": "viewer"} and again.email == "anna@news.example"


def test_an_account_is_taken_over_by_a_verified_address_only(session, come):
    known = EditorFactory(email="anna@news.example")
    assert come("desk").id == known.id
    other = EditorFactory(email="boris@news.example")
    with pytest.raises(InvalidAccount, match="did not verify"):
        come("desk", subject="s2", email="boris@news.example", verified=False)
    session.rollback()
    assert other.oidc_subject is None


class TestLinkingALocalAccount:
    @pytest.fixture
    def account(self, session, come):
        """An account that somebody else made for this address: with a password, a token, a session, codes."""
        account = EditorFactory(email="anna@news.example", totp_secret=b"x", recovery_digests=[b"y"])
        add_token(session, account, "never ends")
        desk_sessions.start(session, account, "Firefox", NOON)
        return account

    def test_its_password_sessions_tokens_and_codes_end(self, session, come, account):
        assert come("ops").id == account.id
        assert sign_in(session, account.email, PASSWORD) is None
        assert session.scalars(select(Token)).all() == session.scalars(select(DeskSession)).all() == []
        assert (account.totp_secret, account.recovery_digests) == (None, [])

    def test_the_address_is_told_and_the_site_has_it_in_its_log(self, session, come, account):
        come("desk")
        come("desk")
        assert session.scalars(select(OutboxMessage.topic)).all().count("account.linked") == 1
        assert session.scalars(select(AuditEntry.what)).all() == ["member.sso_linked"] * 2  # one per site

    def test_a_password_that_an_earlier_version_left_ends_too(self, session, come, account):
        account.oidc_subject = "s1"
        session.commit()
        come("desk")
        assert account.password_hash is None and session.scalars(select(Token)).all() == []

    def test_later_sign_ins_leave_sessions_and_tokens_alone(self, session, come, account):
        come("desk")
        add_token(session, account, "CMS")
        desk_sessions.start(session, account, "Firefox", NOON)
        come("desk")
        assert (
            len(session.scalars(select(Token)).all()) == len(session.scalars(select(DeskSession)).all()) == 1
        )

    def test_another_subject_with_the_same_address_does_not_get_it(self, session, come, account):
        come("desk")
        with pytest.raises(InvalidAccount, match="another"):
            come("ops", subject="s2")
        session.refresh(account)
        assert account.oidc_subject == "s1" and not account.is_owner


def test_who_left_all_groups_keeps_nothing(session, come):
    editor = come("ops", "desk")
    add_token(session, editor, "never ends")
    desk_sessions.start(session, editor, "Firefox", NOON)
    with pytest.raises(NoGroup):
        come("others")
    session.refresh(editor)
    assert not editor.is_owner and editor.memberships == []
    assert session.scalars(select(Token)).all() == session.scalars(select(DeskSession)).all() == []


def test_api_tokens_and_chats_pause_when_the_provider_has_not_confirmed_the_account(session, come):
    editor = come("desk")
    token = add_token(session, editor, "CMS")
    TelegramAccountFactory(editor=editor, user_id=7)
    late = NOON + timedelta(days=30)
    for now, works in ((late - timedelta(seconds=1), True), (late, False)):
        assert (use_token(session, token, now, 30) is not None) == works
        assert (editor_of_user(session, 7, now, 30) is not None) == works
    editor.sso_confirmed_at = late
    session.commit()
    assert use_token(session, token, late, 30) is not None, "the next sign-in starts them again"


def test_server_keys_end_with_the_person_who_made_them(session, come):
    editor = come("chiefs")
    site = find_site(session, "Город")
    _stored, key = add_server_key(session, editor, site, "shop")
    _stored, others = add_server_key(session, EditorFactory(), site, "other")
    with pytest.raises(NoGroup):
        come("nothing")
    with pytest.raises(UnknownServerKey):
        use_server_key(session, key, "report", NOON)
    assert use_server_key(session, others, "report", NOON)
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (last.what, last.details["name"]) == ("server_key.revoked", "shop")


class TestClaims:
    def test_one_group_may_be_a_text_and_is_compared_whole(self):
        assert read_identity({"sub": "s", "groups": "devops"}).groups == {"devops"}

    @pytest.mark.parametrize("groups", [5, {"ops": True}, [["ops"]], [None], True])
    def test_groups_of_another_type_are_refused(self, groups):
        with pytest.raises(InvalidAccount, match="groups"):
            read_identity({"sub": "s", "groups": groups})

    @pytest.mark.parametrize("claims", [{}, {"groups": None}])
    def test_no_groups_are_no_group(self, claims):
        assert read_identity({"sub": "s"} | claims).groups == frozenset()

    @pytest.mark.parametrize("subject", [None, "", 5])
    def test_a_person_without_a_subject_is_refused(self, subject):
        with pytest.raises(InvalidAccount, match="sub"):
            read_identity({"sub": subject})

    @pytest.mark.parametrize("email", [None, "", 5])
    def test_a_new_person_without_an_address_is_refused_with_a_reason(self, come, email):
        with pytest.raises(InvalidAccount, match="no email"):
            come("desk", email=email)

    def test_an_address_is_verified_only_by_true(self):
        assert not read_identity({"sub": "s", "email_verified": "true"}).email_verified


def test_nobody_comes_in_without_a_group(come):
    with pytest.raises(NoGroup):
        come("others")
