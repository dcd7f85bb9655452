"""An editor's own page: password and name."""

import pytest
from lxml import html

from tests.factories import PASSWORD
from tests.support.desk import post, sign_in

NEW = "a much better password"


class TestPassword:
    def test_a_new_one_ends_the_other_sessions(self, app, desk, editor):
        other = app.test_client()
        sign_in(other, editor.email)
        answer = post(desk, "/desk/account/password", old=PASSWORD, new=NEW)
        assert answer.location == "/desk/account"
        assert other.get("/desk/queue").status_code == 302 and desk.get("/desk/queue").status_code == 200
        assert sign_in(other, editor.email, NEW).status_code == 302

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [("wrong", NEW, "Wrong password."), (PASSWORD, "short", "between 12 and 256")],
    )
    def test_a_wrong_or_weak_password_is_refused(self, desk, old, new, words):
        answer = post(desk, "/desk/account/password", old=old, new=new)
        assert answer.status_code == 422 and words in answer.text

    def test_its_shortest_length_is_told_before_it_is_sent(self, desk):
        assert "Use at least 12 characters." in desk.get("/desk/account").text

    def test_its_guessing_is_slowed_down(self, desk):
        statuses = [post(desk, "/desk/account/password", old="x", new=NEW).status_code for _ in range(11)]
        assert statuses == [422] * 10 + [429]


def test_a_list_beside_the_groups_leads_to_each_of_them(desk):
    page = html.fromstring(desk.get("/desk/account").text)
    targets = page.xpath("//nav[contains(@class, 'settings-nav')]/a/@href")
    assert targets == ["#profile", "#security", "#notifications", "#tokens"]
    assert [len(page.xpath("//section[@id=$id]", id=target[1:])) for target in targets] == [1, 1, 1, 1]


def test_the_name_that_colleagues_see(desk, editor):
    post(desk, "/desk/account/name", name=" Анна ")
    assert ">Анна</p>" in desk.get("/desk/queue").text
    post(desk, "/desk/account/name", name="")
    assert f">{editor.email}</p>" in desk.get("/desk/queue").text
