// This browser's reports with what became of them.
import { dropSent, sentTo } from "../service/sent.js";
import { readStates } from "../service/states.js";

/**
 * Read the reports to a site, newest first. Those that the service no longer has are forgotten.
 * @param {import("../service/sent.js").Site} site
 * @param {string} [lang] of the messages
 * @returns {Promise<import("../api.d.ts").Reported[]>} `state` is null where the service cannot be asked
 */
export async function readReports(site, lang) {
  const entries = sentTo(site);
  const states = entries.length ? await readStates(site.home, entries.map(({ receipt }) => receipt.token), lang) : [];
  const isGone = (/** @type {number} */ at) => states !== null && !states[at];
  const gone = entries.filter((_, at) => isGone(at));
  if (gone.length) dropSent(gone);
  return entries.flatMap(({ url, quote, correction, receipt, since }, at) =>
    isGone(at) ? [] : [{ url, quote, correction, receipt, sentAt: new Date(since).toISOString(), state: states?.[at] ?? null }],
  );
}
