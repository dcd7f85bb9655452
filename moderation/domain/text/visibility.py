"""Which elements a browser does not show, as far as the markup alone tells."""

import re

from lxml import html

_NEVER_SHOWN = frozenset(
    "head title script style noscript template textarea select datalist input button iframe object embed "
    "svg math canvas audio video dialog rp".split()
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_OUT_OF_LINE_STYLE = re.compile(r"(?:^|;)\s*position\s*:\s*(?:absolute|fixed)", re.IGNORECASE)
# Names that style sheets of many sites give to text for screen readers only.
_FOR_SCREEN_READERS = re.compile(
    r"sr-?only|visually-?hidden|hidden-?visually|screen-?reader|assistive|a11y-?(?:text|hidden)",
    re.IGNORECASE,
)
# A longer style attribute is not searched, in characters.
_LONGEST_STYLE = 10_000


def is_hidden(node: html.HtmlElement) -> bool:
    """Return whether the page text leaves out the element and its content."""
    if node.tag in _NEVER_SHOWN:
        return True
    attributes = node.attrib
    if not attributes:
        return False
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or "data-corrigenda-ignore" in attributes
        or (style is not None and _HIDDEN_STYLE.search(style, 0, _LONGEST_STYLE) is not None)
    )


def is_out_of_line(node: html.HtmlElement) -> bool:
    """Return whether the text is not part of the line around it, such as text for screen readers."""
    attributes = node.attrib
    if not attributes:
        return False
    names, style = attributes.get("class"), attributes.get("style")
    if names is not None and _FOR_SCREEN_READERS.search(names, 0, _LONGEST_STYLE) is not None:
        return True
    return style is not None and _OUT_OF_LINE_STYLE.search(style, 0, _LONGEST_STYLE) is not None
