// What the reader selected: a quote of the page text, or the reason why there is none.
import { quoteOf } from "../article/quote.js";
import { articleRoot } from "../article/root.js";
import { rangeInShadow } from "../article/shadow.js";
import { readText } from "../article/text.js";
import { inBlock } from "./preview.js";

const NOT_SOLID = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/**
 * @typedef {object} Selected
 * @property {Required<import("../api.d.ts").Quote>} quote
 * @property {Required<import("../api.d.ts").Quote>} shown the quote for people
 * @property {{ start: number, end: number }} [position] in the page text
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
 * Read a range of a page: in the article, or in what the page shows outside of it, which follows the article in the page text.
 * @param {{ root?: string }} options
 * @param {Range} range
 * @param {Document} page
 * @returns {Selected | { problem: "empty" | "outside" | "long" }}
 */
export function readRange(options, range, page) {
  const root = articleRoot(options.root, page);
  const text = readText(root, range);
  let first = 0;
  if (text.start < 0 && root !== page.body) {
    text.addSpace();
    first = text.points.length;
    readText(page.body, range, text, root);
  }
  if (text.start < 0) return { problem: range.toString().trim() ? "outside" : "empty" };
  const passage = quoteOf(text.points, text.start, text.end, { first, isUnique: uniqueOn(page) });
  if ("problem" in passage) return passage;
  return { ...passage, shown: inBlock(passage.quote, passage.span, text.edges), points: text.points, page, range };
}

/**
 * Whether a page shows a text only once. Spaces do not count: style sheets make some of them.
 * @param {Document} page
 * @returns {(text: string) => boolean}
 */
function uniqueOn(page) {
  const solid = (/** @type {string} */ text) => text.replace(NOT_SOLID, "").normalize("NFC");
  /** @type {string | undefined} */
  let all;
  return (text) => {
    all ??= solid(page.body.textContent);
    const piece = solid(text);
    const at = all.indexOf(piece);
    return at >= 0 && at === all.lastIndexOf(piece);
  };
}

/** @param {Document} page */
function isInField(page) {
  const field = page.activeElement;
  if (!field || !/^(INPUT|TEXTAREA)$/.test(field.tagName)) return false;
  const { selectionStart, selectionEnd } = /** @type {HTMLTextAreaElement} */ (field);
  return selectionStart !== selectionEnd;
}
