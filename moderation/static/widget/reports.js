// "Your reports": what this browser has sent, and what became of it. Loaded only where there is something to keep or to show.
import { ownWords } from "./page/own-words.js";
import { reportsButton } from "./reports/list.js";
import { readReports } from "./reports/read.js";
import { addSent, dropSent, sentTo } from "./service/sent.js";

export { readReports };

/**
 * Offer the list on every page of the dialog.
 * @param {import("./dialog/frame.js").Frame} frame
 * @param {import("./types.d.ts").Options} options
 */
export async function offer(frame, options) {
  const words = { ...(await ownWords("reports", frame.words.lang)), ...frame.words };
  frame.more = () => reportsButton(frame, words, options);
}

/**
 * Keep a report that was sent, as far as the site allows it, and mark its passage where the site asks for that.
 * @param {import("./types.d.ts").Options} options
 * @param {import("./api.d.ts").Draft} report
 * @param {import("./api.d.ts").Receipt} receipt
 */
export async function keep(options, { url, quote, correction }, receipt) {
  const { home, siteKey, mark, reports = true } = options;
  const own = reports && { home, siteKey, receipt, correction };
  if (own || mark) addSent([{ url, quote, since: Date.now(), ...own }]);
  if (mark) (await import("./marks.js")).show(options);
}

/**
 * Forget the reports to a site.
 * @param {import("./service/sent.js").Site} site
 */
export function forgetReports(site) {
  dropSent(sentTo(site));
}
