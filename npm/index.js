// The widget for a site with a bundler. The import does nothing by itself and needs no browser; every function does.
import { watch } from "../moderation/static/widget/loader/watch.js";

/** @typedef {import("../moderation/static/widget/loader/watch.js").Modules} Modules */

/** @type {{ [Name in keyof Modules]: () => Promise<Modules[Name]> }} */
const MODULES = {
  dialog: () => import("../moderation/static/widget/dialog.js"),
  button: () => import("../moderation/static/widget/button.js"),
  marks: () => import("../moderation/static/widget/marks.js"),
};

/**
 * Listen for the keys, buttons and selections, as the script tag does.
 * @type {typeof import("./index.d.ts").mount}
 */
export function mount({ hotkey, button, ...options }) {
  if (typeof document === "undefined") return () => {};
  const inner = ownOptions(options);
  const ending = new AbortController();
  const { signal } = ending;
  const ways = { hotkey, button: button === "fixed" ? "off" : button };
  watch(inner, ways, (name) => MODULES[name](), (target, name, heard) => target.addEventListener(name, heard, { signal }));
  if (button === "fixed") showFixed(inner, () => open(options), signal);
  return () => ending.abort();
}

/**
 * Open the dialog for what is selected, or for `range`.
 * @type {typeof import("./index.d.ts").open}
 */
export async function open({ range, ...options }) {
  const selection = getSelection();
  const selected = selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  return (await MODULES.dialog()).open(ownOptions(options), range ?? selected);
}

/**
 * Send a report without the dialog.
 * @type {typeof import("./index.d.ts").report}
 */
export async function report(draft, options) {
  const { deliver, newKey } = await MODULES.dialog();
  return deliver(ownOptions(options), draft, newKey());
}

/**
 * Read this browser's reports to a site, and what became of them.
 * @type {typeof import("./index.d.ts").reports}
 */
export async function reports(options) {
  return (await import("../moderation/static/widget/reports.js")).readReports(ownOptions(options), options.lang);
}

/**
 * Forget this browser's reports to a site.
 * @type {typeof import("./index.d.ts").forget}
 */
export async function forget(options) {
  (await import("../moderation/static/widget/reports.js")).forgetReports(ownOptions(options));
}

/**
 * The widget's options: its service's address ends in a slash.
 * @template {{ service: string, siteKey: string }} Given
 * @param {Given} options
 */
function ownOptions({ service, ...options }) {
  return { ...options, home: service.replace(/\/*$/, "/") };
}

/**
 * The button in the corner, until the signal.
 * @param {import("../moderation/static/widget/types.d.ts").Options} options
 * @param {() => void} press
 * @param {AbortSignal} signal
 */
async function showFixed(options, press, signal) {
  const shown = await (await MODULES.button()).showFixed(options, press);
  if (signal.aborted) shown.remove();
  signal.addEventListener("abort", () => shown.remove());
}
