// Decisions: on the screen at once, then sent; back on the screen, with the reason, if they were refused.
import { showConflict } from "./conflict.js";
import { desk } from "./desk.js";
import { addToCount } from "./counts.js";
import { choose, currentCase, insert, neighbour, rowFrom, rowOf, withoutMoving } from "./rows.js";
import { toast } from "./toast.js";
import { isLatest, offerUndo, runUndo, withdrawUndo } from "./undo.js";

/**
 * @typedef {{ message: string, version: number, status: string, html: string }} Body the row's markup, if it is shown
 * @typedef {{ ok: boolean, conflict?: boolean, body?: Body | null }} Answer
 * @typedef {object} Step a decision that can be undone
 * @property {HTMLElement} row the case as it was
 * @property {HTMLFormElement} form
 * @property {Promise<Answer>} answer
 * @property {() => Promise<void>} undo
 * @property {HTMLElement} [message] what is said of it until the service has answered
 * @property {number} [version] the case's, once the service has answered
 */

/** The event after the service took a decision, or took it back. */
export const DECIDED = "desk:decided";

/**
 * A field of the form is called "action" too, and hides the property.
 * @param {HTMLFormElement} form
 */
const addressOf = (form) => form.getAttribute("action") ?? "";

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string> | string[][]} fields
 * @returns {Promise<Answer>}
 */
async function send(form, fields) {
  try {
    const answer = await fetch(addressOf(form), {
      method: "POST",
      body: new URLSearchParams([...new URLSearchParams(fields), ["csrf_token", desk.csrfToken]]),
      headers: { Accept: "application/json" },
      keepalive: true, // the editor may go on to another page
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/");
    return { ok: answer.ok, conflict: answer.status === 409, body: isJson ? await answer.json() : null };
  } catch {
    return { ok: false }; // no connection
  }
}

/**
 * @param {HTMLElement} row
 * @param {HTMLFormElement} form
 * @param {HTMLElement} button
 */
async function decide(row, form, button) {
  const fields = [...new FormData(form, button)];
  const next = neighbour(row);
  const gap = document.createComment("");
  const wasCurrent = row === currentCase();
  withoutMoving(() => row.replaceWith(gap));
  if (wasCurrent) choose(next);
  moveCount(1);
  /** @type {Step} */
  const step = {
    row,
    form,
    answer: send(form, fields.map(([name, value]) => [name, String(value)])),
    undo: () => undo(step),
  };
  offerUndo(step.undo);
  step.message = toast(textOf(row, form, button), () => runUndo(step.undo));
  const answer = await step.answer;
  if (answer.ok && answer.body) confirm(step, answer.body, gap);
  else putBack(step, row, gap, answer, fields);
}

const LONGEST = 40; // characters of a passage or a correction, as the service shortens them

/** @param {string} text */
const shortened = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST).trimEnd()}…` : text);

/**
 * What is said of a decision until the service has answered: what, and of which case.
 * @param {HTMLElement} row
 * @param {HTMLFormElement} form
 * @param {HTMLElement} button
 */
function textOf(row, form, button) {
  const action = button.getAttribute("value") ?? "";
  const wrong = row.querySelector("del, mark")?.textContent ?? "";
  const field = form.querySelector("input[name=correction]");
  const right = field instanceof HTMLInputElement && ["accept", "apply"].includes(action) ? field.value.trim() : "";
  const passage = right ? `${shortened(wrong)} → ${shortened(right)}` : shortened(wrong);
  return (desk.toastTexts[action] ?? "%s").replace("%s", () => passage);
}

/**
 * A decided case leaves the open tab's count, or any other tab's; the others follow with the next live answer.
 * @param {number} by how many cases left the list
 */
const moveCount = (by) => addToCount(desk.list?.dataset.status ?? "", -by);

/**
 * @param {Step} step
 * @param {Body} body
 * @param {Comment} gap stands where the case was
 */
function confirm(step, body, gap) {
  step.version = body.version;
  addToCount(body.status, 1);
  gap.remove();
  document.dispatchEvent(new CustomEvent(DECIDED));
  if (isLatest(step.undo)) toast(body.message, () => runUndo(step.undo));
}

/**
 * @param {Step} step
 * @param {HTMLElement} row
 * @param {Comment} gap
 * @param {Answer} answer
 * @param {import("./conflict.js").Fields} fields
 */
function putBack(step, row, gap, { conflict, body }, fields) {
  withdrawUndo(step.undo);
  step.message?.remove(); // it was not done
  moveCount(-1);
  const refused = conflict && body ? rowFrom(body.html) : row;
  if (gap.isConnected) withoutMoving(() => gap.replaceWith(refused));
  if (conflict && body) showConflict(refused, body, addressOf(step.form), fields);
  if (!conflict || isTyping()) toast(messageOf(body));
  if (!isTyping()) choose(refused);
}

/** @param {Body | null} [body] */
const messageOf = (body) => body?.message ?? desk.lostText;

/** What an editor types into another case's field stays there. */
const isTyping = () => document.activeElement?.matches("input:not([type=checkbox]), textarea") ?? false;

/** @param {Step} step */
async function undo(step) {
  await step.answer;
  if (step.version === undefined) return; // it was refused, and is back already
  const fields = { version: String(step.version), action: "reopen" };
  const { ok, body } = await send(step.form, fields);
  toast(messageOf(body));
  if (!ok || !body) return;
  const row = step.row.matches("[data-card]") ? renewedCard(step.row, body.version) : rowFrom(body.html);
  showReopened(row, new URL(addressOf(step.form), location.href));
  document.dispatchEvent(new CustomEvent(DECIDED));
}

/**
 * A card of the page view is not a row of the queue: it comes back as it was, with the case's new version.
 * @param {HTMLElement} card
 * @param {number} version
 */
function renewedCard(card, version) {
  card.dataset.version = String(version);
  for (const field of card.querySelectorAll("[name=version]")) /** @type {HTMLInputElement} */ (field).value = String(version);
  return card;
}

/**
 * @param {HTMLElement} row
 * @param {URL} address says which tab the decision was taken in
 */
function showReopened(row, address) {
  document.getElementById(row.id)?.remove();
  if (address.searchParams.get("status") === "open") withoutMoving(() => insert(row));
  choose(row.isConnected ? row : null);
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const row = rowOf(form);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (!row || !form.matches("[data-steps]") || !button?.value) return;
  event.preventDefault();
  decide(row, form, button);
});
