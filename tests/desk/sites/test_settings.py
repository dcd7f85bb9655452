"""Settings of a site."""

import pytest

from tests.factories import SiteFactory
from tests.support.desk import post

SETTINGS = {
    "name": "Город", "origins": "https://a.example\r\n\r\nhttps://*.b.example", "spam_threshold": "0.7",
    "suggestion_threshold": "0.8", "insisting_readers": "5", "keep_days": "365", "known_passages": "y",
    "word_list": "Гугл\nЯндекс", "reject_reasons": "Это цитата", "cms_link": "https://cms.example/{last}",
    "blocked_words": "казино", "blocked_readers": "", "ground_rules": "Мы пишем ё", "article_root": ".text",
}  # fmt: skip


class TestSettings:
    def test_everything_is_saved_and_shown(self, session, admin, site):
        path = f"/desk/sites/{site.id}"
        assert post(admin, path, path, **SETTINGS).location == path
        session.refresh(site)
        assert (site.name, site.origins) == ("Город", ["https://*.b.example", "https://a.example"])
        kept = site.settings
        assert (kept.known_passages, kept.proof_of_work, kept.word_list) == (True, False, ["Гугл", "Яндекс"])
        assert (kept.spam_threshold, kept.keep_days, kept.article_root) == (0.7, 365, ".text")
        page = admin.get(path).text
        for shown in ("Мы пишем ё", "https://cms.example/{last}", "Гугл\nЯндекс", "Это цитата"):
            assert shown in page
        assert "word_list" in admin.get(f"{path}/audit").text

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"name": ""}, "required"), ({"name": "Занято"}, "This name is already taken."),
            ({"origins": "ftp://x"}, "ftp://x"), ({"keep_days": "-1"}, "between 0"),
            ({"spam_threshold": "much"}, "Not a valid"), ({"cms_link": "javascript:x"}, "cms_link"),
            ({"blocked_readers": "anna"}, "blocked_readers"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_told_and_keeps_what_was_typed(self, session, admin, site, wrong, words):
        SiteFactory(name="Занято")
        path = f"/desk/sites/{site.id}"
        answer = post(admin, path, path, **(SETTINGS | wrong))
        assert answer.status_code == 422 and words in answer.text
        assert "Мы пишем ё" in answer.text
        session.refresh(site)
        assert site.settings.ground_rules == ""

    def test_a_long_word_list_is_no_flood(self, session, admin, site):
        words = "\n".join(f"Словечко{number}" for number in range(3000))
        path = f"/desk/sites/{site.id}"
        assert post(admin, path, path, **(SETTINGS | {"word_list": words})).status_code == 302
        session.refresh(site)
        assert len(site.settings.word_list) == 3000
        flood = post(admin, path, path, **(SETTINGS | {"word_list": words * 10}))
        assert flood.status_code == 413

    def test_the_cms_and_the_reasons_are_at_the_case(self, session, admin, site, case):
        path = f"/desk/sites/{site.id}"
        post(admin, path, path, **SETTINGS)
        page = admin.get(f"/desk/cases/{case.id}").text
        assert f"https://cms.example/{case.page.url.rpartition('/')[2]}" in page
        assert '<option value="Это цитата">' in page and "#:~:text=" in page
