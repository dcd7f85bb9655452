// What the service knows about the page: the site's article, its ground rules, passages that were reported. Never waited for.
import { element } from "../../common/dom.js";
import { find } from "../article/quote.js";

/**
 * @typedef {import("./selection.js").Selected} Selected
 * @typedef {import("../types.d.ts").Options} Options
 * @typedef {{ ground_rules: string, proof_of_work: boolean, article_root?: string,
 *   known: import("../api.d.ts").Quote[] | null }} SiteInfo
 */

/**
 * Read what the service says of the page; null when it cannot be reached.
 * @param {Options} options
 * @param {string} url
 * @returns {Promise<SiteInfo | null>}
 */
export async function readSiteInfo({ home, siteKey }, url) {
  try {
    const query = new URLSearchParams({ site: siteKey, url, version: "@HASH@" });
    const response = await fetch(`${home}api/v1/widget?${query}`, { credentials: "omit" });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the dialog works without
  }
}

/**
 * The notes that stand below the passage: "you reported it already", the ground rules, "the editors know", with a button.
 * @param {object} context
 * @param {import("../page/words.js").Words} context.words
 * @param {Selected} context.selected
 * @param {SiteInfo | null} context.info
 * @param {boolean} context.isReported whether this reader has reported the passage
 * @param {() => void} context.submit
 * @returns {HTMLElement[]}
 */
export function siteNotes({ words, selected, info, isReported, submit }) {
  const notes = isReported ? [element("span", {}, words.twice)] : [];
  if (info?.ground_rules) notes.push(element("span", { dir: "auto" }, info.ground_rules));
  if (!info?.known?.some((quote) => isSame(selected, quote))) return notes;
  const confirm = element("button", { type: "button" }, words.metoo);
  confirm.addEventListener("click", submit);
  return [...notes, element("span", {}, words.known), confirm];
}

/**
 * Whether a quote overlaps the selected passage.
 * @param {Selected} selected
 * @param {import("../api.d.ts").Quote} quote
 */
export function isSame({ points, span }, quote) {
  const other = find(points, quote);
  return other !== null && other[0] < span[1] && span[0] < other[1];
}
