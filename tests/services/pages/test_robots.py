import pytest

from moderation.services.pages.robots import Robots


@pytest.mark.parametrize("line", ["Disallow: //[", "Crawl-delay: ²"])
def test_a_file_that_cannot_be_read_forbids_nothing(line):
    robots = Robots(lambda: 0.0)
    robots.keep("https://news.example", f"User-agent: *\n{line}\nDisallow: /\n".encode())
    assert robots.allow("https://news.example", "https://news.example/a")


def test_a_rule_with_a_million_accents_is_left_out_and_the_others_count():
    """Python sorts them as those of a host name, at each check of a page: minutes for each."""
    robots = Robots(lambda: 0.0)
    file = "User-agent: *\nDisallow: /b\nDisallow: //" + "\u0301\u0316" * 1_000_000
    robots.keep("https://news.example", file.encode())
    assert robots.allow("https://news.example", "https://news.example/a")
    assert not robots.allow("https://news.example", "https://news.example/b")
