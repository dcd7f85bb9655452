// The text a reader sees, and where each of its characters stands on the page. The rule is docs/page-text.md.

const UNSEEN =
  "script,style,noscript,template,textarea,select,datalist,input,button,iframe,object,embed,svg,math,canvas," +
  "audio,video,dialog,[hidden],[data-corrigenda-ignore]";
const APART = /^(block|flex|grid|list-item|table|flow-root)/;
const SPACE = /[\s\u00a0]/;
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

/** The article: what the site named, else what HTML calls one. */
export function articleRoot(selector, page = document) {
  return (selector && page.querySelector(selector)) || page.querySelector("article, main") || page.body;
}

/** The page as reports name it. */
export function pageUrl(page = document) {
  const url = page.querySelector('link[rel~="canonical"]')?.href;
  return url || (page.location.protocol.startsWith("http") ? page.location.href : location.href);
}

/**
 * The root's text: `points` are its code points, `nodes` and `offsets` say where each one stands.
 * `start` and `end` are the span that the range selects, -1 when it selects nothing that is seen.
 */
export function readText(root, range) {
  const text = { points: [], nodes: [], offsets: [], start: -1, end: -1 };
  let space = false;

  const add = (point, node, offset) => {
    text.points.push(point);
    text.nodes.push(node);
    text.offsets.push(offset);
  };

  const read = (node, covered) => {
    const selected = covered || range?.intersectsNode(node);
    const from = !covered && node === range?.startContainer ? range.startOffset : 0;
    const to = !covered && node === range?.endContainer ? range.endOffset : Infinity;
    const { data } = node;
    for (let at = 0; at < data.length; ) {
      const point = String.fromCodePoint(data.codePointAt(at));
      if (SPACE.test(point)) space = true;
      else if (!INVISIBLE.test(point)) {
        if (space && text.points.length) add(" ", node, at);
        space = false;
        if (selected && at + point.length > from && at < to) {
          if (text.start < 0) text.start = text.points.length;
          text.end = text.points.length + 1;
        }
        add(point, node, at);
      }
      at += point.length;
    }
  };

  const visit = (node, covered) => {
    if (node.nodeType === 3) return read(node, covered);
    if (node.nodeType !== 1 || (node !== root && node.matches(UNSEEN))) return;
    const style = getComputedStyle(node);
    if (style.display === "none" || style.visibility === "hidden") return;
    // What is taken out of the line (position) is called a block by the browser; a reader of the line sees no gap.
    const apart = node.tagName === "BR" || (APART.test(style.display) && !/^(absolute|fixed)$/.test(style.position));
    space ||= apart;
    children(node, covered || (node.shadowRoot && holds(range, node)));
    space ||= apart;
  };

  // The flattened tree: a shadow root is what is shown, with its host's children in its slots.
  const children = (node, covered) => {
    const assigned = node.tagName === "SLOT" ? node.assignedNodes() : [];
    const shown = assigned.length ? assigned : (node.shadowRoot ?? node).childNodes;
    for (const child of shown) visit(child, covered);
  };

  visit(root, false);
  return text;
}

// Whether the range, which cannot see into a shadow root, has all of its host.
function holds(range, node) {
  const parent = node.parentNode;
  const at = Array.prototype.indexOf.call(parent.childNodes, node);
  const sameTree = range?.commonAncestorContainer.getRootNode() === parent.getRootNode();
  return sameTree && range.isPointInRange(parent, at) && range.isPointInRange(parent, at + 1);
}

/** The span of a text as a range of the page. */
export function rangeOf(text, start, end) {
  const range = document.createRange();
  range.setStart(text.nodes[start], text.offsets[start]);
  range.setEnd(text.nodes[end - 1], text.offsets[end - 1] + text.points[end - 1].length);
  return range;
}

/** What is selected inside an open shadow root, which the page's own selection only points at. */
export function rangeInShadow(view) {
  const roots = [];
  const collect = (tree) => {
    for (const node of tree.querySelectorAll("*")) {
      if (node.shadowRoot && !node.matches("[data-corrigenda-ignore]")) {
        roots.push(node.shadowRoot);
        collect(node.shadowRoot);
      }
    }
  };
  collect(view.document);
  const selection = view.getSelection();
  for (const found of selection.getComposedRanges?.({ shadowRoots: roots }) ?? []) {
    if (found.startContainer.getRootNode() !== found.endContainer.getRootNode()) continue;
    const range = document.createRange();
    range.setStart(found.startContainer, found.startOffset);
    range.setEnd(found.endContainer, found.endOffset);
    return range;
  }
  return null;
}
