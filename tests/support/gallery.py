"""Awkward pages, selections on them, and the true span of each selection in the server's text."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from moderation.domain.text.normalise import normalise
from moderation.domain.text.page_text import read_content
from moderation.domain.text.whole_words import is_word_char, whole_words

PAGES = Path(__file__).parent.parent / "browser" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html") if path.stem != "frame")
START, END = "\ue000", "\ue001"
CSP = "default-src 'none'; style-src 'none'; script-src {service}; connect-src {service}; img-src 'self'"

# Screen positions of words: [x1, y1, x2, y2] of spans of one to four words, spread over the page.
_SPOTS = """(root) => {
  const spots = [];
  const roots = (tree) => {
    const walker = document.createTreeWalker(tree, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node; (node = walker.nextNode()); ) {
      if (node.shadowRoot && !node.matches("[data-corrigenda-ignore]")) roots(node.shadowRoot);
      const unseen = "[data-corrigenda-ignore],script,style,textarea,select,button,svg";
      if (node.nodeType !== 3 || node.parentElement?.closest(unseen)) continue;
      for (const match of node.data.matchAll(/[^\\s\\u00ad]+/g)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        const [box, another] = range.getClientRects();
        if (!box || another || box.width < 4 || box.height < 4 || box.left < 0) continue;
        const middle = box.top + scrollY + box.height / 2;
        spots.push([box.left + scrollX, middle, box.right + scrollX, box.width]);
      }
    }
  };
  roots(document.querySelector(root) ?? document.body);
  return spots;
}"""

# Every open shadow root.
_SHADOWS = """
const found = [];
const collect = (tree) => {
  for (const node of tree.querySelectorAll("*"))
    if (node.shadowRoot) { found.push(node.shadowRoot); collect(node.shadowRoot); }
};
collect(document);
"""
MARKUP = "() => {" + _SHADOWS + "return document.documentElement.getHTML({shadowRoots: found}); }"
# The page's markup with a marker at both ends of the selection. The page itself stays unchanged.
_MARKED = (
    "() => {"
    + _SHADOWS
    + """
  const range = getSelection().getComposedRanges({shadowRoots: found})[0];
  if (!range) return null;
  const {startContainer, startOffset, endContainer, endOffset} = range;
  const put = (node, offset, sign) => {
    if (node.nodeType === 3) {
      node.insertData(offset, sign);
      return () => node.deleteData(offset, 1);
    }
    const mark = document.createTextNode(sign);
    node.insertBefore(mark, node.childNodes[offset] ?? null);
    return () => mark.remove();
  };
  const undo = [put(endContainer, endOffset, "\ue001"), put(startContainer, startOffset, "\ue000")];
  const html = document.documentElement.getHTML({shadowRoots: found});
  for (const step of undo.reverse()) step();
  getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
  return html;
}"""
)


@dataclass(frozen=True, slots=True)
class Truth:
    """The server's text of the page, and the span that a reader selected in it, words completed."""

    text: str
    start: int
    end: int


def spots(page: Page, root: str = "body") -> list[list[float]]:
    """Return the screen positions of words that a mouse can reach."""
    found: list[list[float]] = page.evaluate(_SPOTS, root)
    return found


def drag(page: Page, first: list[float], last: list[float]) -> None:
    """Select from one word to another with the mouse."""
    page.evaluate("y => scrollTo(0, y - innerHeight / 2)", first[1])
    left, top = page.evaluate("[scrollX, scrollY]")
    page.mouse.move(first[0] - left + 1, first[1] - top)
    page.mouse.down()
    page.mouse.move(last[2] - left - 1, last[1] - top, steps=2)
    page.mouse.up()


def truth(page: Page, root: str | None) -> Truth | None:
    """Return the selection's span in the server's text of this HTML; None if it contains no text."""
    markup = page.evaluate(_MARKED)
    if markup is None:
        return None
    text = read_content(markup, root=root).text
    if START not in text or END not in text:
        return None
    before, rest = text.split(START, 1)
    inside, after = rest.split(END, 1)
    plain = normalise(before + inside + after).strip()
    solid = [at for at, char in enumerate(plain) if char != " "]
    first = sum(char != " " for char in before)
    count = sum(char != " " for char in inside)
    if not count:
        return None
    start, end = solid[first], solid[first + count - 1] + 1
    if any(is_word_char(plain, at) for at in range(start, end)):
        start, end = whole_words(plain, start, end)  # the widget sends a selected sign as it is
    return Truth(plain, start, end)


def served(name: str, replacements: dict[str, str]) -> str:
    """Return a page of the gallery as a site serves it."""
    markup = (PAGES / f"{name}.html").read_text("utf-8")
    for key, value in replacements.items():
        markup = markup.replace("{{" + key + "}}", value)
    return markup
