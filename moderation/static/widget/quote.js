// From a selection to a quote: the text a reader sees, and where the selection stands in it.
// The rule is docs/page-text.md.

const CONTEXT = 64;
const LONGEST = 1000;
const UNSEEN = "script,style,noscript,template,textarea,select,option,input,button,iframe,object,svg,[hidden],[data-corrigenda-ignore]";
const BLOCK = /^(block|flex|grid|list-item|table|table-row|table-cell|table-caption|flow-root)/;
const SPACE = /\s/;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/;

/** The article: what the site named, else what HTML calls one. */
export function articleRoot(selector) {
  return (selector && document.querySelector(selector)) || document.querySelector("article, main") || document.body;
}

/**
 * The range as {quote, position}, or {problem: "empty" | "outside" | "long"}.
 * Positions count code points of the article's text.
 */
export function takeQuote(root, range) {
  if (!range || range.collapsed) return { problem: "empty" };
  if (!range.intersectsNode(root)) return { problem: "outside" };
  const { text, start, end } = readText(root, range);
  if (start < 0) return { problem: "empty" };
  const exact = text.slice(start, end);
  if (length(exact) > LONGEST) return { problem: "long" };
  const before = length(text.slice(0, start));
  return {
    quote: {
      exact,
      prefix: whole(text.slice(Math.max(0, start - CONTEXT), start)),
      suffix: whole(text.slice(end, end + CONTEXT)),
    },
    position: { start: before, end: before + length(exact) },
  };
}

/** The root's text with white space collapsed, and the range's first and last visible character in it. */
function readText(root, range) {
  const seen = { text: "", start: -1, end: -1, space: false };
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return readNode(node, range, seen);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches(UNSEEN)) return;
    const style = getComputedStyle(node);
    if (style.display === "none" || style.visibility === "hidden") return;
    const separate = node.tagName === "BR" || BLOCK.test(style.display);
    seen.space ||= separate;
    node.childNodes.forEach(visit);
    seen.space ||= separate;
  };
  root.childNodes.forEach(visit);
  return seen;
}

function readNode(node, range, seen) {
  const selected = range.intersectsNode(node);
  const from = node === range.startContainer ? range.startOffset : 0;
  const to = node === range.endContainer ? range.endOffset : node.length;
  const { data } = node;
  for (let at = 0; at < data.length; at++) {
    const char = data[at];
    if (SPACE.test(char)) {
      seen.space = true;
      continue;
    }
    if (INVISIBLE.test(char)) continue;
    if (seen.space && seen.text) seen.text += " ";
    seen.space = false;
    if (selected && at >= from && at < to) {
      if (seen.start < 0) seen.start = seen.text.length;
      seen.end = seen.text.length + 1;
    }
    seen.text += char;
  }
}

const length = (text) => Array.from(text).length;

/** Without half a surrogate pair at either edge. */
const whole = (text) => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
