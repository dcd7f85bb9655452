import pytest

from moderation.domain.sites.csp import (
    MOST,
    blocks_scripts,
    connect_directive,
    parse_policies,
    script_directive,
)

PAGE = "https://news.example/a"
LOADER = "https://typos.example/widget.js"
MODULES = "https://typos.example/widget/"
REPORTS = "https://typos.example/api/v1/reports"
ACCENTS = "\u0301\u0316" * 1_000_000


def script(policy, nonce="", page=PAGE, urls=(LOADER, MODULES)):
    (parsed,) = parse_policies([policy])
    return script_directive(parsed, page, urls, nonce)


@pytest.mark.parametrize(
    "source",
    [
        "*",
        "https:",
        "http:",
        "typos.example",
        "https://typos.example",
        "http://typos.example",
        "http://typos.example:80",
        "HTTPS://TYPOS.EXAMPLE",
        "*.example",
        "typos.example:443",
        "typos.example:*",
        "https://typos.example/",
    ],
)
def test_a_source_that_lets_the_widget_through(source):
    assert script(f"script-src 'self' {source}") is None
    (policy,) = parse_policies([f"connect-src {source}"])
    assert connect_directive(policy, PAGE, (REPORTS,)) is None


@pytest.mark.parametrize(
    "source",
    [
        "'none'",
        "'self'",
        "'unsafe-inline'",
        "'sha384-abc'",
        "data:",
        "other.example",
        "example",
        "*.typos.example",
        "typos.example:8443",
        "https://typos.example/widget.js",  # the loader alone: its modules are elsewhere
        "https://typos.example/js/",
        "https://[broken",
        "",
    ],
)
def test_a_source_that_blocks_the_widget(source):
    assert script(f"script-src {source}") == "script-src"


def test_the_most_special_directive_decides_and_the_first_of_a_name_counts():
    assert script("default-src 'none'") == "default-src"
    assert script("default-src 'none'; script-src typos.example") is None
    assert script("script-src typos.example; script-src-elem 'self'") == "script-src-elem"
    assert script("script-src typos.example; script-src 'none'") is None
    assert script("img-src 'none'; upgrade-insecure-requests") is None
    (policy,) = parse_policies(["default-src 'self'; script-src *"])
    assert connect_directive(policy, PAGE, (REPORTS,)) == "default-src"


def test_a_nonce_lets_the_script_and_its_modules_through():
    policy = "script-src 'nonce-R4nd' 'strict-dynamic' https:"
    assert script(policy, nonce="R4nd") is None
    assert script(policy, nonce="other") == "script-src"
    assert script(policy) == "script-src"  # with strict-dynamic, https: says nothing


def test_without_a_scheme_the_page_decides():
    http = ("http://typos.example/widget.js",)
    assert script("script-src typos.example", page="http://news.example/", urls=http) is None
    assert script("script-src typos.example", urls=http) == "script-src"


def test_self_is_the_page_with_its_port():
    urls = ("http://localhost:8000/widget.js",)
    assert script("script-src 'self'", page="http://localhost:8000/a", urls=urls) is None
    assert script("script-src 'self'", page="http://localhost:9000/a", urls=urls) == "script-src"


def test_one_header_can_hold_several_policies():
    assert len(parse_policies(["default-src *, script-src 'none'", " ", "img-src *"])) == 3


def test_a_sandbox_blocks_scripts_unless_it_allows_them():
    assert blocks_scripts(parse_policies(["sandbox"])[0])
    assert not blocks_scripts(parse_policies(["sandbox allow-scripts"])[0])
    assert not blocks_scripts(parse_policies(["default-src *"])[0])


def test_a_source_with_a_million_accents_is_not_taken_apart():
    assert script(f"script-src a{ACCENTS}") == "script-src"


def test_of_very_many_policies_the_first_are_looked_at():
    assert len(parse_policies(["script-src 'none'," * 1000, "sandbox"] * 10)) == MOST
    (policy,) = parse_policies([";".join(f"a{number} x" for number in range(1000))])
    assert len(policy) == 100
