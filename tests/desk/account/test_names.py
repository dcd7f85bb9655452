"""Names of accounts that could pass for something else."""

import pytest

from moderation.services.accounts.editors import InvalidAccount, rename
from moderation.services.sites.add import InvalidSettings, add_site, change_site
from tests.support.desk import csrf

NAMES = ["A\nYour account is closed", "A\r\nB", "A\u2028B", "A\x00B", "A\x1b[2J", "\u202eevil", "A\u2066B"]


class TestNames:
    @pytest.mark.parametrize("name", NAMES)
    def test_a_name_with_line_ends_or_control_characters_is_refused(self, session, site, editor, name):
        with pytest.raises(InvalidSettings):
            change_site(session, None, site, name=name)
        with pytest.raises(InvalidSettings):
            add_site(session, name, ["https://n.example"])
        with pytest.raises(InvalidAccount):
            rename(session, editor, name)

    def test_the_pages_say_so_at_the_field(self, desk, editor):
        form = {"csrf_token": csrf(desk.get("/desk/account").text), "name": "A\nB"}
        answer = desk.post("/desk/account/name", data=form)
        assert answer.status_code == 422 and "line breaks" in answer.text
