"""Settings of a site, in groups."""

import re

import pytest

from moderation.domain.sites.settings import SiteSettings
from tests.factories import CaseFactory, EditorFactory, SiteFactory
from tests.support.desk import post

GROUPS = {
    "domains": {"name": "Город", "origins": ["https://a.example", "", "*.b.example"]},
    "readers": {"ground_rules": "Мы пишем ё", "known_passages": "y"},
    "spam": {"spam_threshold": "70", "blocked_words": "казино", "blocked_readers": ""},
    "suggestions": {"suggestion_threshold": "82,5 %", "word_list": "Гугл\nЯндекс"},
    "editing": {
        "insisting_readers": "5", "reject_reasons": "Это цитата", "cms_link": "https://cms.example/{last}",
    },
    "page-checks": {"article_root": ".text", "fetch_pause": "2.5"},
    "data": {"keep_days": "365"},
}  # fmt: skip


def save(admin, site, group, **changed):
    return post(admin, f"/desk/sites/{site.id}/settings/{group}", **(GROUPS[group] | changed))


def test_everything_is_saved_and_shown(session, admin, site):
    path = f"/desk/sites/{site.id}"
    for group in GROUPS:
        assert save(admin, site, group).location == f"{path}#{group}"
    session.refresh(site)
    assert (site.name, site.origins) == ("Город", ["https://*.b.example", "https://a.example"])
    kept = site.settings
    assert (kept.known_passages, kept.proof_of_work, kept.word_list) == (True, False, ["Гугл", "Яндекс"])
    assert (kept.spam_threshold, kept.suggestion_threshold) == (0.7, 0.825)
    assert (kept.keep_days, kept.article_root) == (365, ".text")
    page = admin.get(path).text
    for shown in ("Мы пишем ё", "https://cms.example/{last}", "Гугл\nЯндекс", "Это цитата", 'value="82.5"'):
        assert shown in page
    audit = admin.get(f"{path}/audit").text
    assert "House word list" in audit
    assert ": 80% → 70%" in audit and ": 90% → 82.5%" in audit and ": off → on" in audit


def test_thresholds_are_percent_beside_their_defaults(admin, site):
    path = f"/desk/sites/{site.id}"
    page = admin.get(path).text
    assert 'value="80"' in page and "Default: 80%" in page and "Default: 90%" in page
    assert "По умолчанию: 80\N{NO-BREAK SPACE}%" in admin.get(path, headers={"Accept-Language": "ru"}).text
    save(admin, site, "spam", spam_threshold="29")
    assert 'value="29"' in admin.get(path).text


def test_a_group_saves_itself_alone_and_restores_its_defaults(session, admin, site):
    save(admin, site, "spam")
    save(admin, site, "data")
    path = f"/desk/sites/{site.id}"
    assert admin.get(path).text.count("Restore defaults") == 2
    post(admin, f"{path}/settings/spam", restore="yes")
    session.refresh(site)
    assert site.settings == SiteSettings(keep_days=365)
    assert admin.get(path).text.count("Restore defaults") == 1


WRONG = [
    ("spam", {"blocked_words": "\n".join(f"w{number}" for number in range(2_001))}, "at most"),
    ("suggestions", {"word_list": "\n".join(f"w{number}" for number in range(20_001))}, "at most"),
    ("domains", {"name": ""}, "required"),
    ("domains", {"name": "Занято"}, "This name is already taken."),
    ("domains", {"origins": "ftp://x"}, "Not a domain: ftp://x"),
    ("domains", {"origins": ""}, "required"),
    ("data", {"keep_days": "-1"}, "between 0"),
    ("spam", {"spam_threshold": "much"}, "Not a valid"),
    ("spam", {"spam_threshold": "101"}, "Enter a percentage from 0 to 100."),
    ("spam", {"blocked_readers": "anna"}, "32 characters"),
    ("editing", {"cms_link": "javascript:x"}, "Start with http://"),
    ("suggestions", {"word_list": "x" * 101}, "at most 100 characters"),
]


@pytest.mark.parametrize(("group", "wrong", "words"), WRONG)
def test_what_cannot_be_is_told_at_its_field_and_keeps_what_was_typed(
    session, admin, site, group, wrong, words
):
    SiteFactory(name="Занято")
    before = site.settings
    answer = save(admin, site, group, **wrong)
    assert answer.status_code == 422 and words in answer.text
    assert all(value in answer.text for value in wrong.values())
    session.refresh(site)
    assert site.settings == before


@pytest.mark.parametrize(("group", "wrong", "words"), [row for row in WRONG if "Занято" not in str(row)])
def test_a_group_is_checked_while_it_is_typed_and_not_saved(session, admin, site, group, wrong, words):
    path = f"/desk/sites/{site.id}/settings/{group}/check"
    assert post(admin, path, **GROUPS[group]).get_json() == {}
    answer = post(admin, path, **(GROUPS[group] | wrong)).get_json()
    assert list(answer) == list(wrong) and words in answer[next(iter(wrong))]
    session.refresh(site)
    assert site.settings == SiteSettings()


def test_an_unknown_group_does_not_exist(admin, site):
    assert post(admin, f"/desk/sites/{site.id}/settings/nothing").status_code == 404
    assert post(admin, f"/desk/sites/{site.id}/settings/nothing/check").status_code == 404


def test_a_long_word_list_is_no_flood(session, admin, site):
    words = "\n".join(f"Словечко{number}" for number in range(3000))
    assert save(admin, site, "suggestions", word_list=words).status_code == 302
    session.refresh(site)
    assert len(site.settings.word_list) == 3000
    assert save(admin, site, "suggestions", word_list=words * 10).status_code == 413


def test_the_cms_and_the_reasons_are_at_the_case(admin, site, case):
    save(admin, site, "editing")
    page = admin.get(f"/desk/cases/{case.id}").text
    assert f"https://cms.example/{case.page.url.rpartition('/')[2]}" in page
    assert '<option value="Это цитата">' in page and "#:~:text=" in page


def test_rules_are_saved_in_their_order_checked_and_shown_even_when_their_member_left(session, admin, site):
    member = EditorFactory(role="editor", role__site=site, name="Анна")
    viewer = EditorFactory(role="viewer", role__site=site)
    path = f"/desk/sites/{site.id}/settings/routing"
    lines = [
        "author", "Пётр Савин", str(member.id), "", "section", "https://news.example/sport/", str(member.id),
        "", "section", " ", "", "",
    ]  # fmt: skip
    assert post(admin, path, routes=lines).location.endswith("#routing")
    session.refresh(site)
    assert [(rule.by, rule.value, rule.member) for rule in site.settings.routes] == [
        ("author", "Пётр Савин", member.id), ("section", "https://news.example/sport/", member.id),
    ]  # fmt: skip
    for line, error in (
        (["section", "Спорт", "", ""], "Rule 1: Choose a member or a channel."),
        (["section", "Спорт", str(viewer.id), ""], "Rule 1: This member cannot decide"),
        (["section", "Спорт", "", str(site.id)], "Rule 1: This channel does not exist"),
        (["author", "x" * 101, str(member.id), ""], "Rule 1: A name has at most 100"),
        (["title", "x", str(member.id), ""], "This value is not allowed."),
    ):
        assert error in post(admin, path + "/check", routes=line).json["routes"]
    session.delete(member)
    session.commit()
    assert "Assignee: removed" in admin.get(f"/desk/sites/{site.id}").text


def test_saved_rules_are_applied_to_open_cases_on_request_with_undo(session, redis, admin, site):
    member = EditorFactory(role="editor", role__site=site)
    case = CaseFactory(site=site)
    path = f"/desk/sites/{site.id}"
    assert "/routing/apply" not in admin.get(path).text
    post(admin, f"{path}/settings/routing", routes=["section", "https://news.example/", str(member.id), ""])
    assert "would assign 1 open case" in admin.get(path).text
    page = post(admin, f"{path}/routing/apply", page=path).location and admin.get(path).text
    session.refresh(case)
    assert case.assignee_id == member.id and "/routing/apply" not in page
    [run] = re.findall(r'name="run" value="([^"]+)"', page)
    for _ in range(2):  # the second finds nothing to undo
        post(admin, f"{path}/routing/undo", page=path, run=run)
    session.refresh(case)
    assert case.assignee_id is None
