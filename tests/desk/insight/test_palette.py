"""The colours of charts come from the style sheets."""

import re

from moderation.desk.insight.palette import read_palette
from moderation.paths import STATIC


def test_a_colour_has_its_light_and_its_dark_side():
    palette = read_palette()
    tokens = (STATIC / "common" / "tokens.css").read_text("utf-8")
    assert f"light-dark({palette.light['removed']}, {palette.dark['removed']})" in tokens


def test_a_mixed_colour_stands_between_the_two_that_it_is_mixed_of():
    light = read_palette().light
    ink, quiet, paper = (int(light[name][1:3], 16) for name in ("ink", "ink-quiet", "paper"))
    assert ink < quiet < paper


def test_all_colours_of_the_pages_are_in_the_palette():
    """Two files say what a colour is. A style sheet with a colour of its own would be a third."""
    palette = {"tokens.css", "tokens-desk.css"}
    others = [
        path
        for folder in ("common", "desk", "reader", "widget")
        for path in (STATIC / folder).rglob("*.css")
        if path.name not in palette
    ]
    color = re.compile(r"#[0-9a-f]{3,8}\b(?=[^{]*;)")
    assert others
    assert [path.name for path in others if color.search(path.read_text("utf-8"))] == []
