"""Which pages are in a section, and which rule of a site fits a page."""

import pytest

from moderation.domain.sites.routes import Route, first_route, in_section, in_sections

URL = "https://news.example/city/1"


@pytest.mark.parametrize(
    ("wanted", "is_in"),
    [
        ("", True), ("Город", True), ("ГОРОД", True), ("Спорт", False),
        ("https://news.example/city/", True), ("https://news.example/sport/", False),
    ],
)  # fmt: skip
def test_a_section_is_a_name_or_the_beginning_of_urls(wanted, is_in):
    assert in_section(wanted, "Город", URL) is is_in
    assert in_section(wanted, None, URL) is (is_in and wanted.lower() != "город")


def test_several_sections_have_the_pages_of_each_and_none_has_all():
    assert in_sections(["Спорт", " город "], "Город", URL)
    assert not in_sections(["Спорт", ""], "Город", URL)
    assert in_sections(["", " "], None, URL)


def test_the_first_rule_that_fits_is_taken():
    routes = [
        Route(by="author", value="Борис"),
        Route(by="section", value="Город"),
        Route(by="author", value="Анна"),
    ]
    assert first_route(routes, section="город", authors=["АННА"], url=URL) is routes[1]
    assert first_route(routes, section=None, authors=["АННА"], url=URL) is routes[2]
    assert first_route(routes, section=None, authors=[], url=URL) is None
