// Page text: what a reader sees of an element, and where each character stands on the page. The rule is docs/page-text.md.
import { TextBuilder } from "./text-builder.js";

/** Elements whose content is no text of the page. */
export const UNSEEN =
  "head,title,script,style,noscript,template,textarea,select,datalist,input,button,iframe,object,embed,svg,math,canvas," +
  "audio,video,dialog,[hidden],[data-corrigenda-ignore]";
const BLOCK = /^(block|flex|grid|list-item|table|flow-root)/;
/** Elements that start a line, as in moderation/domain/text/walk.py. */
const APART = new RegExp(
  "^(address|article|aside|blockquote|br|caption|center|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|" +
    "header|hgroup|hr|legend|li|main|menu|nav|ol|optgroup|p|pre|search|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$",
  "i",
);

/**
 * @typedef {object} Reading
 * @property {TextBuilder} text what was read so far
 * @property {Range | null} range what is selected
 * @property {Element | null} without an element to leave out
 */

/**
 * Read the text of an element, and the part of it that a range selects.
 * @param {Element} root
 * @param {Range | null} range
 * @param {TextBuilder} [text] continue this text
 * @param {Element | null} [without] an element to leave out
 * @returns {TextBuilder}
 */
export function readText(root, range, text = new TextBuilder(), without = null) {
  readChildren(root, { text, range, without }, false);
  return text;
}

/**
 * @param {Node} node
 * @param {Reading} reading
 * @param {boolean} covered whether the range covers the node, which it cannot see in a shadow root
 */
function readNode(node, reading, covered) {
  if (node.nodeType === Node.TEXT_NODE) return readTextNode(/** @type {Text} */ (node), reading, covered);
  if (node.nodeType !== Node.ELEMENT_NODE || node === reading.without) return;
  const child = /** @type {Element} */ (node);
  if (!child.matches(UNSEEN)) readChildren(child, reading, covered);
}

/**
 * @param {Element} node
 * @param {Reading} reading
 * @param {boolean} covered
 */
function readChildren(node, reading, covered) {
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden") return;
  const { text, range } = reading;
  const apart = isApart(node, style);
  if (apart) text.addSpace();
  const coveredInside = covered || Boolean(node.shadowRoot && range && covers(range, node));
  for (const child of shownChildren(node)) readNode(child, reading, coveredInside);
  if (apart) text.addSpace();
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
 * Whether an element's edges separate words: by its name, as the service has it, or because the browser starts a line there.
 * Browsers call a float a block too. An initial letter that floats is none.
 * @param {Element} node
 * @param {CSSStyleDeclaration} style
 */
function isApart(node, { display, position, float }) {
  if (APART.test(node.tagName) || /^(absolute|fixed)$/.test(position)) return true;
  return float === "none" && BLOCK.test(display);
}

/**
 * @param {Text} node
 * @param {Reading} reading
 * @param {boolean} covered
 */
function readTextNode(node, { text, range }, covered) {
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
