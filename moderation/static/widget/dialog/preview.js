// The passage in its context, with the correction marked in it.
import { element } from "../../common/dom.js";
import { change } from "./change.js";

/**
 * The nodes that show a quote, from word to word, and what the reader makes of it.
 * @param {Required<import("../api.d.ts").Quote>} quote
 * @param {string} correction
 * @returns {(Node | string)[]}
 */
export function preview({ exact, prefix, suffix }, correction) {
  return [
    element("span", { className: "around" }, `…${prefix.replace(/^\S*\s+(?=\S)/, "")}`),
    ...marked(exact, correction),
    element("span", { className: "around" }, `${suffix.replace(/(\S)\s+\S*$/, "$1")}…`),
  ];
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
