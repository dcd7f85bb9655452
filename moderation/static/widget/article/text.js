// Page text: what a reader sees of an element, and where each character stands on the page. The rule is docs/page-text.md.
import { TextBuilder } from "./text-builder.js";

/** Elements whose content is no text of the page. */
export const UNSEEN =
  "title,script,style,noscript,template,textarea,select,datalist,input,button,iframe,object,embed,svg,math,canvas," +
  "audio,video,dialog,[hidden],[data-corrigenda-ignore]";
const BLOCK = /^(block|flex|grid|list-item|table|flow-root)/;

/**
 * Read the text of an element, and the part of it that a range selects.
 * @param {Element} root
 * @param {Range | null} range
 * @returns {TextBuilder}
 */
export function readText(root, range) {
  const text = new TextBuilder();
  readChildren(root, text, range, false);
  return text;
}

/**
 * @param {Node} node
 * @param {TextBuilder} text
 * @param {Range | null} range
 * @param {boolean} covered whether the range covers the node, which it cannot see in a shadow root
 */
function readNode(node, text, range, covered) {
  if (node.nodeType === Node.TEXT_NODE) return readTextNode(/** @type {Text} */ (node), text, range, covered);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const child = /** @type {Element} */ (node);
  if (!child.matches(UNSEEN)) readChildren(child, text, range, covered);
}

/**
 * @param {Element} node
 * @param {TextBuilder} text
 * @param {Range | null} range
 * @param {boolean} covered
 */
function readChildren(node, text, range, covered) {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return;
  const block = startsLine(node, style);
  if (block) text.addSpace();
  const coveredInside = covered || Boolean(node.shadowRoot && range && covers(range, node));
  for (const child of shownChildren(node)) readNode(child, text, range, coveredInside);
  if (block) text.addSpace();
}

/**
 * The flattened tree: a shadow root is what is shown, with its host's children in its slots.
 * @param {Element} node
 */
function shownChildren(node) {
  const assigned = node.tagName === "SLOT" ? /** @type {HTMLSlotElement} */ (node).assignedNodes() : [];
  return assigned.length ? assigned : (node.shadowRoot ?? node).childNodes;
}

/**
 * Browsers call an element out of the line (position) a block too. A reader of the line sees no gap there.
 * @param {Element} node
 * @param {CSSStyleDeclaration} style
 */
function startsLine(node, style) {
  return node.tagName === "BR" || (BLOCK.test(style.display) && !/^(absolute|fixed)$/.test(style.position));
}

/**
 * @param {Text} node
 * @param {TextBuilder} text
 * @param {Range | null} range
 * @param {boolean} covered
 */
function readTextNode(node, text, range, covered) {
  if (!covered && !range?.intersectsNode(node)) return text.addText(node, 0, 0);
  const from = !covered && node === range?.startContainer ? range.startOffset : 0;
  const to = !covered && node === range?.endContainer ? range.endOffset : Infinity;
  text.addText(node, from, to);
}

/**
 * Whether the range holds the whole of an element.
 * @param {Range} range
 * @param {Element} node
 */
function covers(range, node) {
  const parent = /** @type {ParentNode & Node} */ (node.parentNode);
  const at = Array.prototype.indexOf.call(parent.childNodes, node);
  const sameTree = range.commonAncestorContainer.getRootNode() === parent.getRootNode();
  return sameTree && range.isPointInRange(parent, at) && range.isPointInRange(parent, at + 1);
}

/**
 * A span of a text as a range of the page.
 * @param {TextBuilder} text
 * @param {number} start
 * @param {number} end
 */
export function rangeOf(text, start, end) {
  const range = document.createRange();
  range.setStart(text.nodes[start], text.offsets[start]);
  range.setEnd(text.nodes[end - 1], text.offsets[end - 1] + text.points[end - 1].length);
  return range;
}
