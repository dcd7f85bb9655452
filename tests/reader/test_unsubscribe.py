"""The page that ends mail, without signing in."""

from moderation.services.notify.member_mail import own_mail, save_own_mail
from moderation.services.secret_links import make_token
from tests.factories import EditorFactory, SiteFactory


def test_opening_the_link_ends_nothing_and_a_post_of_a_mail_program_does(app, session, settings):
    site = SiteFactory()
    member = EditorFactory(role="viewer", role__site=site)
    wishes = {"section": "", "min_readers": 1, "when": "at_once", "daily_at": 9, "time_zone": "UTC"}
    save_own_mail(session, member, site, events=["case.opened"], is_on=True, **wishes)
    mail = own_mail(session, member, site)
    path = f"/unsubscribe/{make_token(settings.secret_keys, 'unsubscribe', mail.id)}"
    assert app.test_client().get(path).status_code == 200
    session.refresh(mail)
    assert mail.is_on
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
    session.refresh(mail)
    assert answer.status_code == 200 and not mail.is_on
