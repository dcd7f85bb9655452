import pytest

from moderation.services.pages.robots import Robots


@pytest.mark.parametrize("line", ["Disallow: //[", "Crawl-delay: ²"])
def test_a_file_that_cannot_be_read_forbids_nothing(line):
    robots = Robots(lambda: 0.0)
    robots.keep("https://news.example", f"User-agent: *\n{line}\nDisallow: /\n".encode())
    assert robots.allow("https://news.example", "https://news.example/a")
