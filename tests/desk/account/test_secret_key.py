"""Browsers of the time before the secret key was replaced."""

from dataclasses import replace

from moderation import create_app
from moderation.secret_keys import SecretKeys
from tests.support.desk import csrf


def test_a_session_and_an_open_form_go_on_with_a_new_key_while_the_old_one_is_a_fallback(settings, desk):
    page = desk.get("/desk/account").text
    both = SecretKeys("n" * 32, (settings.secret_keys.current,))
    old_cookies = {name: desk.get_cookie(name).value for name in ("corrigenda_session", "corrigenda_device")}
    for keys, status in ((both, 200), (SecretKeys(both.current), 302)):
        browser = create_app(replace(settings, secret_keys=keys)).test_client()
        for name, value in old_cookies.items():
            browser.set_cookie(name, value)
        assert browser.get("/desk/account").status_code == status
        sent = browser.post("/desk/account/name", data={"csrf_token": csrf(page), "name": "Anna"})
        assert (sent.status_code == 302) is (keys == both)
