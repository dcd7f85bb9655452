import pytest

from moderation.domain.accounts.group_grants import Grant, read_grants
from moderation.services.accounts.editors import InvalidAccount
from moderation.services.accounts.single_sign_on import NoGroup, enter
from tests.factories import EditorFactory, SiteFactory

GRANTS = read_grants("desk=Город:editor; chiefs=Город:admin; desk=Спорт:viewer; ops=owner")


@pytest.fixture
def come(session):
    """Somebody comes from the provider."""
    SiteFactory(name="Город"), SiteFactory(name="Спорт")

    def arrive(*groups, subject="s1", email="Anna@News.example", verified=True, name="Анна"):
        return enter(
            session, GRANTS, subject=subject, email=email, email_verified=verified, name=name, groups=groups
        )

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


def test_nobody_comes_in_without_a_group(come):
    with pytest.raises(NoGroup):
        come("others")
