"""What a reader sees of a generated page: its style sheet applied, so that no browser is needed."""

from lxml import html

from tests.support.news_pages.chrome import FLEX, HIDDEN, LINES


def as_shown(markup: str) -> str:
    """Return the page's markup without what its style sheet hides, and with spaces where it separates."""
    document = html.document_fromstring(markup)
    for node in list(document.iter()):
        names = (node.get("class") or "").split() if isinstance(node.tag, str) else ()
        if any(name in HIDDEN for name in names):
            node.drop_tree()
            continue
        apart = [node] if any(name in LINES for name in names) else []
        if any(name in FLEX for name in names):
            apart = list(node)
        for separated in apart:
            separated.text = " " + (separated.text or "")
            separated.tail = " " + (separated.tail or "")
    return str(html.tostring(document, encoding="unicode"))
