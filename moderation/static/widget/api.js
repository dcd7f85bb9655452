// For a site's own front end: import { open, report } from "https://typos.example.org/widget/api.js".
import { open as openDialog } from "./@HASH@/dialog.js";
import { newKey, send } from "./@HASH@/send.js";
import { keep } from "./@HASH@/unsent.js";

const home = new URL("..", import.meta.url).href;

/** Opens the dialog for what is selected, or for `range`. */
export function open({ range, ...options }) {
  const selection = getSelection();
  const chosen = range ?? (selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null);
  return openDialog({ ...options, home }, chosen);
}

/** Sends a report without the dialog: {receipt}, or {problem, detail}, `kept` when it will be sent later. */
export async function report(draft, { siteKey }) {
  const key = newKey();
  const result = await send({ home, siteKey }, draft, key);
  const kept = result.problem === "offline" || result.problem === "busy";
  if (kept) keep({ home, siteKey }, draft, key);
  return kept ? { ...result, kept } : result;
}
