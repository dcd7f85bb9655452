// For a site's own front end: import { open, report, reports } from "https://typos.example.org/widget/api.js".
import { deliver, newKey, open as openDialog } from "./dialog.js";

const home = new URL("..", import.meta.url).href;

/**
 * Open the dialog for what is selected, or for `range`.
 * @type {typeof import("./api.d.ts").open}
 */
export function open({ range, ...options }) {
  const selection = getSelection();
  const selected = selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  return openDialog({ ...options, home }, range ?? selected);
}

/**
 * Send a report without the dialog.
 * @type {typeof import("./api.d.ts").report}
 */
export function report(draft, options) {
  return deliver({ ...options, home }, draft, newKey());
}

/**
 * Read this browser's reports to a site, and what became of them.
 * @type {typeof import("./api.d.ts").reports}
 */
export async function reports({ siteKey, lang }) {
  return (await import("./reports.js")).readReports({ home, siteKey }, lang);
}

/**
 * Forget this browser's reports to a site.
 * @type {typeof import("./api.d.ts").forget}
 */
export async function forget({ siteKey }) {
  (await import("./reports.js")).forgetReports({ home, siteKey });
}
