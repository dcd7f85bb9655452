"""Corrections in a real bare repository: a commit with the report, pushed, and nothing forced."""

import pytest

from moderation.integrations.cms.base import Refused
from moderation.integrations.cms.git import GitRepository
from tests.support.cms import Remembered, change
from tests.support.git_site import GitSite

ARTICLE = '---\ntitle: "Новасти"\n---\n\nРека, **котрая** течёт. Смотри [карту](/котрая.png).\n'
FILE = "content/mosty.md"
RULES = "/blog/{slug}/ → content/{slug}.md\n/{path} → {path}.html"


@pytest.fixture
def bare(tmp_path):
    site = GitSite(tmp_path)
    site.commit(FILE, ARTICLE)
    return site


@pytest.fixture
def cms(bare, tmp_path):
    return GitRepository(str(bare.bare), "main", RULES, tmp_path / "copies", allowed=("file",))


PAGE = "https://news.example/blog/mosty/"


def test_a_correction_is_a_commit_with_the_report_and_is_made_once(bare, cms):
    note = "Correct котрая → которая\n\nReported by 2 readers."
    for _ in range(2):
        done = cms.apply(
            PAGE, [change("котрая", "которая"), change("Новасти", "Новости", key="b")], note, Remembered()
        )
        assert done.refused == {}
    assert bare.read(FILE) == ARTICLE.replace("**котрая**", "**которая**").replace("Новасти", "Новости")
    assert bare.git("log", "-1", "--format=%B", "main", cwd=bare.bare).strip() == note
    assert bare.git("rev-list", "--count", "main", cwd=bare.bare).strip() == "2"


def test_a_colleagues_push_in_between_is_kept(bare, cms):
    document = cms.read(PAGE)
    bare.commit("content/other.md", "другое")
    with pytest.raises(Refused) as refused:
        cms.write(document, document.fields, "note")
    assert refused.value.reason == "changed"
    assert cms.apply(PAGE, [change("котрая", "которая")], "note", Remembered()).refused == {}
    assert bare.read("content/other.md") == "другое"


def test_a_push_that_the_server_refuses_changes_nothing(bare, cms):
    hook = bare.bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(Refused) as refused:
        cms.apply(PAGE, [change("котрая", "которая")], "note", Remembered())
    assert refused.value.reason in ("changed", "conflict")
    assert bare.read(FILE) == ARTICLE


def test_refusals_say_what_was_wrong(bare, cms, tmp_path):
    with pytest.raises(Refused) as refused:
        cms.read("https://news.example/blog/nothing/")
    assert refused.value.reason == "not_found"
    with pytest.raises(Refused) as refused:
        GitRepository(str(bare.bare), "nope", RULES, tmp_path / "copies", allowed=("file",)).test()
    assert refused.value.reason == "misconfigured"
    with pytest.raises(Refused) as refused:
        GitRepository(str(bare.bare), "main", RULES, tmp_path / "copies").test()  # only https is allowed
    assert refused.value.reason == "unreachable"
    assert cms.test().startswith("Git: main at ")
