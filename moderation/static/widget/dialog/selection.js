// What the reader selected: a quote of the page text, or the reason why there is none.
import { quoteOf } from "../article/quote.js";
import { articleRoot, rootAround } from "../article/root.js";
import { rangeInShadow } from "../article/shadow.js";
import { readText } from "../article/text.js";

/**
 * @typedef {object} Selected
 * @property {Required<import("../api.d.ts").Quote>} quote
 * @property {{ start: number, end: number }} [position] none when the selection is outside the article
 * @property {[number, number]} span in `points`
 * @property {string[]} points the page text
 * @property {Document} page
 * @property {Range} range
 */

/**
 * Read the selection of a view's document.
 * @param {{ root?: string }} options
 * @param {Range | null} range
 * @param {Window} view
 * @returns {Selected | { problem: "empty" | "outside" | "field" | "long" }}
 */
export function readSelection(options, range, view) {
  if (isInField(view.document)) return { problem: "field" };
  const chosen = range && !range.collapsed ? range : rangeInShadow(view);
  return chosen ? readRange(options, chosen, view.document) : { problem: "empty" };
}

/**
 * Read a range of a page. The root follows it: outside the article the nearest element like one is read.
 * @param {{ root?: string }} options
 * @param {Range} range
 * @param {Document} page
 * @returns {Selected | { problem: "empty" | "outside" | "long" }}
 */
export function readRange(options, range, page) {
  const root = articleRoot(options.root, page);
  let text = readText(root, range);
  const inArticle = text.start >= 0;
  if (!inArticle) text = readText(rootAround(range, page), range);
  if (text.start < 0) return { problem: range.toString().trim() ? "outside" : "empty" };
  const passage = quoteOf(text.points, text.start, text.end);
  if ("problem" in passage) return passage;
  const { quote, position, span } = passage;
  // A position counts in the article's text only.
  return { quote, ...(inArticle && { position }), span, points: text.points, page, range };
}

/** @param {Document} page */
function isInField(page) {
  const field = page.activeElement;
  if (!field || !/^(INPUT|TEXTAREA)$/.test(field.tagName)) return false;
  const { selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (field);
  return selectionStart !== selectionEnd;
}
