// The desk by keyboard: every key presses a button or follows a link that is on the page.
import { desk } from "./desk.js";
import { cases, choose, currentCase } from "./rows.js";
import { shortcutOf } from "./shortcut.js";

/** @type {Record<string, string>} */
const DECISIONS = { a: "accept", r: "reject", s: "spam", f: "fix", o: "reopen" };
/** @type {Record<string, string>} */
const GO_TO = { q: "/desk/queue", s: "/desk/queue?status=spam", p: "/desk/pages" };
const STORED_ROW = "corrigenda-row";
const FIELDS = "input:not([type=checkbox]), textarea, select, dialog[open], [contenteditable]";

let isAfterG = false;

/**
 * Where decisions go. Of several cases none is decided before one was chosen.
 * @returns {HTMLElement | null}
 */
const target = () => desk.caseSheet ?? currentCase();

/** @type {Record<string, () => boolean | void | Promise<void>>} Each answers false when it found nothing to do. */
const ACTIONS = {
  j: () => move(1),
  k: () => move(-1),
  g: () => void (isAfterG = true),
  u: undo,
  x: () => press("[data-select]"),
  e: () => /** @type {HTMLInputElement | null | undefined} */ (target()?.querySelector("[name=correction]"))?.select(),
  Enter: () => press("[data-open]"),
  "?": () => /** @type {HTMLDialogElement | null} */ (document.querySelector("#keys"))?.showModal(),
  "/": () => /** @type {HTMLElement | null} */ (document.querySelector("[type=search]"))?.focus(),
};

/** @param {number} by */
function move(by) {
  const all = cases();
  const at = all.findIndex((row) => row.hasAttribute("aria-current"));
  choose(all[Math.max(0, Math.min(at + by, all.length - 1))]);
}

/**
 * @param {string} selector
 * @param {ParentNode | null} root
 */
function press(selector, root = target()) {
  const control = /** @type {HTMLElement | null | undefined} */ (root?.querySelector(selector));
  if (!control) return false;
  const at = cases().findIndex((row) => row.hasAttribute("aria-current"));
  sessionStorage[STORED_ROW] = String(at); // should the page be loaded anew
  control.click();
  return true;
}

async function undo() {
  const steps = desk.list ? await import("./steps.js") : null;
  if (!(await steps?.undo())) press("[data-shortcut=u]", document);
}

/**
 * Do what a key means; answers whether it meant something.
 * @param {string} name
 */
function handle(name) {
  if (isAfterG) {
    isAfterG = false;
    if (Object.hasOwn(GO_TO, name)) location.assign(GO_TO[name]);
    return Object.hasOwn(GO_TO, name);
  }
  if (Object.hasOwn(DECISIONS, name)) return press(`[name=action][value=${DECISIONS[name]}]`);
  return Object.hasOwn(ACTIONS, name) && ACTIONS[name]() !== false;
}

/** @param {KeyboardEvent} event */
function isOurs(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat);
}

document.addEventListener("keydown", (event) => {
  const element = /** @type {HTMLElement} */ (event.target);
  if (!isOurs(event)) return;
  if (element.closest(FIELDS)) {
    if (event.key === "Escape") /** @type {HTMLElement | null} */ (element.closest("[data-case]"))?.focus();
    return;
  }
  // A link or a button has its own Enter.
  if (event.key === "Enter" && element.closest("a, button, summary")) return;
  if (handle(shortcutOf(event))) event.preventDefault();
});

/** After a page was loaded anew, the case that stands where the last one stood is current. */
function restoreRow() {
  const at = Number(sessionStorage[STORED_ROW] ?? -1);
  sessionStorage.removeItem(STORED_ROW);
  if (at >= 0 && desk.list) choose(cases()[Math.min(at, cases().length - 1)]);
}
restoreRow();
