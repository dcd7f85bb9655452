// Forms that are sent in the background: decisions about many cases, a word for the house word list.
// The cases leave the list where they stand; one undo brings them all back.
import { desk } from "./desk.js";
import { refresh } from "./live.js";
import { caseRow, choose, currentCase, cases, withoutMoving } from "./rows.js";
import { toast } from "./toast.js";
import { offerUndo, runUndo } from "./undo.js";

/** The event after cases were decided or reopened together. */
export const SENT = "desk:sent";

/**
 * @typedef {object} Answer
 * @property {string} message
 * @property {string | null} [undo] where to send the undoing
 * @property {string | null} [more] the page that shows the progress of the rest
 * @property {string[]} [done] the cases that were decided
 */

/**
 * @param {string} address
 * @param {[string, string][]} fields
 * @returns {Promise<{ ok: boolean, answer: Answer | null }>}
 */
async function post(address, fields) {
  try {
    const body = new URLSearchParams([...fields.filter(([name]) => name !== "csrf_token"), ["csrf_token", desk.csrfToken]]);
    const response = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/");
    return { ok: response.ok, answer: isJson ? await response.json() : null };
  } catch {
    return { ok: false, answer: null };
  }
}

/** @param {string[]} ids */
function removeRows(ids) {
  const current = currentCase();
  const all = cases();
  const leaving = new Set(ids);
  const isStaying = (/** @type {HTMLElement} */ row) => !leaving.has(row.dataset.case ?? "");
  const at = current ? all.indexOf(current) : 0;
  const next = all.slice(at).find(isStaying) ?? all.slice(0, at).findLast(isStaying);
  withoutMoving(() => ids.forEach((id) => caseRow(id)?.remove()));
  if (current && !isStaying(current)) choose(next ?? null);
}

/**
 * @param {string} address
 * @param {[string, string][]} fields
 * @returns {Promise<string>} why it was not done; empty when it was
 */
async function send(address, fields) {
  const { ok, answer } = await post(address, fields);
  if (!ok || !answer) return answer?.message ?? desk.lostText;
  if (answer.more) location.assign(answer.more);
  else showDone(answer);
  return "";
}

/**
 * Send a form in the background.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} button
 */
export function sendForm(form, button) {
  /** @type {[string, string][]} */
  const fields = [...new FormData(form, button)].map(([name, value]) => [name, String(value)]);
  return send(form.getAttribute("action") ?? "", fields);
}

/** @param {string} problem */
const say = (problem) => void (problem && toast(problem));

/** @param {Answer} answer */
function showDone({ message, undo, done = [] }) {
  if (!undo) toast(message);
  else {
    const takeBack = () => send(undo, []).then(say);
    offerUndo(takeBack);
    toast(message, () => runUndo(takeBack));
  }
  if (desk.list?.dataset.live && undo) removeRows(done);
  refresh();
  document.dispatchEvent(new CustomEvent(SENT));
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches("[data-send]")) return;
  event.preventDefault();
  sendForm(form, /** @type {HTMLElement | null} */ (event.submitter)).then(say);
});
