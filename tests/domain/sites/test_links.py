import pytest

from moderation.domain.sites.links import cms_link, text_link

URL = "https://news.example/a"


def test_the_fragment_names_the_passage_between_its_neighbours():
    link = text_link(URL, exact="расказал", prefix="О новых сроках он ", suffix=" всем об этом вчера днём")
    assert link.startswith(URL + "#:~:text=%D0%9E%20")
    before, passage, after = link.partition("text=")[2].split(",")
    assert before.endswith("-") and after.startswith("-")
    assert passage == "%D1%80%D0%B0%D1%81%D0%BA%D0%B0%D0%B7%D0%B0%D0%BB"
    assert after.count("%20") == 3  # four words


def test_what_parts_a_fragment_is_encoded_in_its_words():
    assert text_link(URL, exact="a-b, c&d", prefix="", suffix="") == URL + "#:~:text=a%2Db%2C%20c%26d"


def test_a_passage_of_several_lines_is_named_by_its_ends():
    link = text_link(URL, exact="one two three four five\nsix\nseven", prefix="x\n", suffix="\ny")
    assert link == URL + "#:~:text=one%20two%20three%20four,seven"


@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("", None),
        ("https://cms.example/edit?u={url}", "https://cms.example/edit?u=https%3A%2F%2Fnews.example%2Fcity%2F12-a"),
        ("https://cms.example/{last}/edit", "https://cms.example/12-a/edit"),
        ("https://cms.example{path}?{other}", "https://cms.example/city/12-a?{other}"),
    ],
)  # fmt: skip
def test_the_cms_by_the_sites_template(template, link):
    assert cms_link(template, "https://news.example/city/12-a") == link
