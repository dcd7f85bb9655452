import pytest

from moderation.domain.sites.install_check import Expected, Finding, check_install, works

PAGE = "https://news.example/2026/tram"
EXPECTED = Expected("https://typos.example", "pk_new", ("https://news.example",), previous_key="pk_old")
TAG = '<script async src="https://typos.example/widget.js" data-site-key="pk_new"></script>'


def check(body=TAG, policies=(), page=PAGE, head="", expected=EXPECTED):
    markup = f"<!doctype html><html><head>{head}</head><body><article>Text</article>{body}</body></html>"
    return [(found.problem, found.detail) for found in check_install(markup, policies, page, expected)]


@pytest.mark.parametrize(
    "tag",
    [
        TAG,
        TAG.replace(" async", " defer"),
        TAG.replace("widget.js", "widget.js?v=2"),
        TAG.replace("widget.js", "widget/abc123/loader.js"),
        TAG.replace("<script", '<script type="text/javascript"'),
        TAG.replace("https:", ""),
        TAG.replace("<script async", "<SCRIPT ASYNC").replace('"pk_new"', " pk_new "),
    ],
)
def test_a_page_with_the_snippet_works(tag):
    assert check(tag) == []


@pytest.mark.parametrize(
    ("tag", "problem", "detail"),
    [
        ("", "no_snippet", ""),
        ("<script src=/app.js></script>", "no_snippet", ""),
        (f"<!-- {TAG} -->", "in_comment", ""),
        (f"<noscript>{TAG}</noscript>", "in_noscript", ""),
        (f"<template>{TAG}</template>", "in_noscript", ""),
        ('<script src="https://www.googletagmanager.com/gtm.js?id=1"></script>', "tag_manager", ""),
        (TAG.replace("typos.example", "old.example"), "other_service", "https://old.example/widget.js"),
        (TAG.replace("https://typos.example", ""), "other_service", "https://news.example/widget.js"),
        (TAG.replace("https:", "http:"), "other_service", "http://typos.example/widget.js"),
        (TAG.replace("<script", "<script type=module"), "wrong_type", "module"),
        (TAG.replace("<script", "<script type='text/plain'"), "wrong_type", "text/plain"),
        (TAG.replace(' data-site-key="pk_new"', ""), "no_key", ""),
        (TAG.replace("pk_new", ""), "no_key", ""),
        (TAG.replace("pk_new", "pk_foreign"), "unknown_key", "pk_foreign"),
        (TAG.replace("pk_new", "pk_old"), "old_key", "pk_old"),
        (TAG + TAG, "twice", ""),
    ],
)
def test_what_is_wrong_with_a_snippet(tag, problem, detail):
    assert check(tag) == [(problem, detail)]


def test_only_an_old_key_and_a_second_snippet_are_harmless():
    assert works([]) and works([Finding("old_key"), Finding("twice")])
    assert not works([Finding("old_key"), Finding("csp_script")])


def test_a_secure_page_loads_no_script_from_an_insecure_service():
    plain = Expected("http://typos.example", "pk_new", ("https://news.example",))
    tag = TAG.replace("https:", "http:")
    assert check(tag, expected=plain) == [("mixed_content", "http://typos.example/widget.js")]


def test_the_page_must_be_on_an_allowed_domain():
    assert check(page="https://www.news.example/a") == [("domain_not_allowed", "https://www.news.example")]
    assert check(page="nonsense") != []


def test_a_canonical_address_on_another_domain_is_a_problem_because_the_widget_reports_it():
    link = '<link rel="canonical" href="https://amp.news.example/a">'
    assert check(head=link) == [("canonical_elsewhere", "https://amp.news.example")]
    assert check(head='<link rel="canonical" href="/a">') == []


def test_policies_of_headers_and_of_the_page_must_all_allow_the_widget():
    assert check(policies=["script-src https://typos.example; connect-src https://typos.example"]) == []
    assert check(policies=["script-src 'self'"]) == [("csp_script", "script-src")]
    assert check(policies=["default-src 'self'; script-src *"]) == [("csp_connect", "default-src")]
    assert check(policies=["script-src *", "sandbox"]) == [("csp_sandbox", "sandbox")]
    meta = '<meta http-equiv="content-security-policy" content="default-src \'self\'">'
    assert check(head=meta) == [("csp_script", "default-src"), ("csp_connect", "default-src")]


def test_a_nonce_in_the_tag_satisfies_the_policy():
    tag = TAG.replace("<script", '<script nonce="abc"')
    assert check(tag, policies=["script-src 'nonce-abc'"]) == []


def test_a_base_element_moves_a_relative_address():
    relative = TAG.replace("https://typos.example", "")
    assert check(relative, head='<base href="https://typos.example/">') == []


@pytest.mark.parametrize("markup", ["", "\x00", "<", "<script src", "<base href='http://['>" + TAG])
def test_broken_markup_gives_findings_and_no_error(markup):
    found = check_install(markup, ["\x00;;,", "script-src http://["], PAGE, EXPECTED)
    assert not works(found)
