import pytest

from moderation.domain.source.url_rules import InvalidRule, paths_for, read_rules


@pytest.mark.parametrize(
    ("rules", "path", "files"),
    [
        ("/blog/{slug}/ → content/{slug}.md", "/blog/a-b/", ["content/a-b.md"]),
        ("/{path} -> content/{path}.md", "/2026/11/a", ["content/2026/11/a.md"]),
        ("/{s} → a/{s}.md\n\n/{s} → b/{s}.html", "/x", ["a/x.md", "b/x.html"]),
        ("/blog/{slug} → {slug}.md", "/news/a", []),
        ("/{slug} → content/{slug}", "/%2e%2e", []),
        ("/{path} → {path}", "/a/.git/config", []),
    ],
)
def test_the_files_that_a_page_can_come_from(rules, path, files):
    assert list(paths_for(rules, f"https://news.example{path}?x=1")) == files


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("/blog/{slug}", "no arrow"),
        ("/a → b → c", "no arrow"),
        ("/{slug} → {other}.md", "each name"),
        ("/{a}/{a} → {a}.md", "each name"),
        ("/{два} → x.md", "letters, digits"),
        ("/{slug} → ../{slug}.md", "inside"),
        ("/{slug} → .git/{slug}", "inside"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_the_reason(rule, reason):
    with pytest.raises(InvalidRule, match=reason):
        read_rules(rule)
