// Notes on a passage that was reported before. Loaded only where the site shares known passages, or this browser remembers reports.
import { element } from "../common/dom.js";
import { find } from "./article/find.js";
import { readSent } from "./service/sent.js";

/**
 * @typedef {Parameters<typeof import("./dialog/site-notes.js").siteNotes>[0]} Context
 * @typedef {import("./api.d.ts").Quote} Quote
 */

/**
 * "You already reported this", with the way to what became of it.
 * @param {Context} context
 */
export function noteReported({ words, selected, url }) {
  const own = readSent().findLast((entry) => entry.url === url && isSame(selected, entry.quote));
  if (!own) return [];
  const link = own.receipt && element("a", { href: own.receipt.url, target: "_blank", rel: "noopener" }, words.receipt);
  return [element("span", {}, words.twice, ...(link ? [" ", link] : []))];
}

/**
 * "The editors know", with a button that sends.
 * @param {Context} context
 */
export function noteKnown({ words, selected, info, submit }) {
  if (!info?.known?.some((quote) => isSame(selected, quote))) return [];
  const confirm = element("button", { type: "button" }, words.metoo);
  confirm.addEventListener("click", submit);
  return [element("span", {}, words.known), confirm];
}

/**
 * Whether a quote overlaps the selected passage.
 * @param {Context["selected"]} selected
 * @param {Quote} quote
 */
function isSame({ points, span }, quote) {
  const other = find(points, quote);
  return other !== null && other[0] < span[1] && span[0] < other[1];
}
