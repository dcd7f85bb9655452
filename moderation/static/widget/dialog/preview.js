// The passage in its context, with the correction marked in it.
import { element } from "../../common/dom.js";
import { change } from "./change.js";

/** The word that a context's edge may have cut, or the edge where no word ends. */
export const CUT_FIRST = /^(\S*\s+(?=\S))?/;
export const CUT_LAST = /(\s+\S*)?$/;

/**
 * The nodes that show a quote, from word to word, and what the reader makes of it.
 * @param {Required<import("../api.d.ts").Quote>} quote
 * @param {string} correction
 * @returns {(Node | string)[]}
 */
export function preview({ exact, prefix, suffix }, correction) {
  return [
    element("span", { className: "around" }, context(prefix, CUT_FIRST)),
    ...marked(exact, correction),
    element("span", { className: "around" }, context(suffix, CUT_LAST)),
  ];
}

/**
 * The quote for people: its contexts end where the block of the passage does.
 * @param {Required<import("../api.d.ts").Quote>} quote
 * @param {[number, number]} span of the passage in the page text
 * @param {number[]} edges where blocks begin in the page text
 */
export function inBlock({ exact, prefix, suffix }, [from, to], edges) {
  const before = edges.filter((edge) => edge <= from).pop() ?? 0;
  const after = edges.find((edge) => edge >= to) ?? Infinity;
  const behind = Array.from(prefix);
  return {
    exact,
    prefix: behind.slice(Math.max(0, behind.length - from + before)).join("").trimStart(),
    suffix: Array.from(suffix).slice(0, after - to).join(""),
  };
}

/**
 * A context with an ellipsis in the place of its cut word. At the article's edges quote.js cuts none: it is shorter.
 * @param {string} text
 * @param {RegExp} cutWord
 */
export function context(text, cutWord) {
  return text[63] ? text.replace(cutWord, "…") : text;
}

/**
 * The nodes that show what a correction changes.
 * @param {string} exact
 * @param {string} correction
 */
export function marked(exact, correction) {
  const { before, removed, inserted, after } = change(exact, correction);
  if (!removed && !inserted) return [element("mark", {}, exact)];
  return [
    before,
    ...(removed ? [element("del", {}, removed)] : []),
    ...(inserted ? [element("ins", {}, inserted)] : []),
    after,
  ];
}
