// What the service knows about the page: the site's article, its ground rules, passages that were reported. Never waited for.
import { element } from "../../common/dom.js";

/**
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

/** Whether this browser remembers reports. */
function hasSent() {
  try {
    return Boolean(localStorage["corrigenda-sent"]);
  } catch {
    return false; // storage is switched off
  }
}

/**
 * The notes that stand below the passage: "you reported it already", the ground rules, "the editors know", with a button.
 * @param {object} context
 * @param {import("../page/words.js").Words} context.words
 * @param {import("./selection.js").Selected} context.selected
 * @param {string} context.url
 * @param {SiteInfo | null} context.info
 * @param {Options} context.options
 * @param {() => void} context.submit
 */
export async function siteNotes(context) {
  const { info } = context;
  const rules = info?.ground_rules ? [element("span", { dir: "auto" }, info.ground_rules)] : [];
  if (!hasSent() && !info?.known?.length) return rules;
  const { noteReported, noteKnown } = await import("../known.js");
  return [...noteReported(context), ...rules, ...noteKnown(context)];
}
