// The desk by keyboard: every key presses a button or follows a link that is on the page.
import { element } from "../common/dom.js";
import { askBeforeHarm } from "./ask.js";
import { desk } from "./desk.js";
import "./menu.js";
import "./no-correction.js";
import { formShown, reasonsOf, visiblePane } from "./pane.js";
import { askReason } from "./reasons.js";
import { cases, choose, currentCase } from "./rows.js";
import { shortcutOf } from "./shortcut.js";
import { keepTimesTrue } from "./times.js";
import { showFlashes } from "./toast.js";
import { runUndo } from "./undo.js";

/** @type {Record<string, string>} */
const DECISIONS = { a: "accept", s: "spam", f: "fix", o: "reopen" };
/** @type {Record<string, string>} */
const GO_TO = { q: "/desk/queue", s: "/desk/queue?status=spam", p: "/desk/pages" };
/** @type {Record<string, string>} */
const ARROWS = { ArrowDown: "j", ArrowUp: "k" };
const STORED_ROW = "corrigenda-row";
const FIELDS = "input:not([type=checkbox]), textarea, select, dialog[open], [contenteditable]";

let isAfterG = false;

/**
 * Where decisions go. Of several cases none is decided before one was chosen.
 * @returns {HTMLElement | null}
 */
const target = () => desk.caseSheet ?? currentCase();

/** Where the current case's form is: in the reading pane, or in the row. */
const formHolder = () => {
  const row = target();
  return row && (visiblePane(row) ?? row);
};

/** Where the rest of the current case is: in the reading pane, or below its row. */
const paneHolder = () => {
  const row = target();
  return row && (visiblePane(row) ?? row.querySelector("[data-more]"));
};

/** @type {Record<string, () => boolean | void | Promise<void>>} Each answers false when it found nothing to do. */
const ACTIONS = {
  j: () => (desk.caseSheet ? press("[data-next-case]", document) : move(1)),
  k: () => (desk.caseSheet ? press("[data-previous-case]", document) : move(-1)),
  g: () => void (isAfterG = true),
  r: reject,
  u: undo,
  A: () => decide("apply"),
  "=": () => press("[data-pair-accept]", formHolder()),
  "-": () => press("[data-pair-reject]", formHolder()),
  i: () => press("[data-assign-me]", desk.caseSheet ? document : paneHolder()),
  x: () => press("[data-select]"),
  e: edit,
  Escape: leave,
  Enter: () => press("[data-open]"),
  "?": () => /** @type {HTMLDialogElement | null} */ (document.querySelector("#keys"))?.showModal(),
  "/": focusSearch,
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

/** Letters that follow `e` belong to the field, also while the pane is on its way. */
let isFieldComing = false;

async function edit() {
  const row = target();
  if (!row) return;
  isFieldComing = true;
  const holder = await formShown(row);
  isFieldComing = false;
  /** @type {HTMLInputElement | null} */ (holder.querySelector("[name=correction]"))?.select();
}

/** @param {string} action */
function decide(action) {
  // Ticked cases are decided together; the bar at the end of the list has their buttons.
  const selected = document.querySelector("[data-select]:checked") ? desk.bulkForm : null;
  return press(`[name=action][value=${action}]`, selected ?? formHolder());
}

function reject() {
  const row = target();
  if (document.querySelector("[data-select]:checked")) return rejectSelected();
  if (!row || !formHolder()?.querySelector("[value=reject]")) return false;
  askReason(reasonsOf(row), sendRejection);
  return true;
}

function rejectSelected() {
  const row = target();
  const field = desk.bulkForm?.querySelector("[name=reason]");
  if (!row || !(field instanceof HTMLInputElement)) return decide("reject");
  askReason(reasonsOf(row), (reason) => {
    field.value = reason;
    decide("reject");
    field.value = "";
  });
  return true;
}

/** @param {string} reason */
function sendRejection(reason) {
  const form = formHolder()?.querySelector("form[data-steps]");
  if (!(form instanceof HTMLFormElement)) return;
  const field = form.querySelector("[name=reason]") ?? form.appendChild(element("input", { type: "hidden", name: "reason" }));
  if (reason && field instanceof HTMLInputElement) field.value = reason;
  decide("reject");
}

/** On a narrow screen the search is in a menu: open it first. */
function focusSearch() {
  const fields = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[type=search]")]);
  const shown = fields.find((field) => field.checkVisibility());
  const menu = document.querySelector("details.more-filters") ?? fields.find((field) => field.closest("[data-menu]"))?.closest("details");
  if (!shown) menu?.setAttribute("open", "");
  fields.find((field) => field.checkVisibility())?.focus();
}

/** Esc clears the selection, and leads from a case back to its list. */
function leave() {
  if (desk.caseSheet) return press("[data-back]", document);
  return document.querySelector("[data-select]:checked") ? press("[data-clear]", desk.bulkForm) : false;
}

async function undo() {
  if (!(await runUndo())) press("[data-shortcut=u]", document);
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
  if (Object.hasOwn(DECISIONS, name)) return decide(DECISIONS[name]);
  return Object.hasOwn(ACTIONS, name) && ACTIONS[name]() !== false;
}

/**
 * Go back from a field to its case.
 * @param {HTMLElement} field
 */
function leaveField(field) {
  const row = /** @type {HTMLElement | null} */ (field.closest("[data-case]")) ?? (field.closest("[data-pane]") && currentCase());
  if (row) row.focus({ preventScroll: true });
  else field.blur();
}

/**
 * A link or a button has its own Enter; the arrows scroll, except in the list.
 * @param {string} key
 * @param {HTMLElement} focused
 */
function isOfElement(key, focused) {
  if (key === "Enter") return focused.closest("a, button, summary") !== null;
  return Object.hasOwn(ARROWS, key) && !focused.matches(".cases [data-case]");
}

/** @param {KeyboardEvent} event */
function isOurs(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat);
}

document.addEventListener("keydown", (event) => {
  const focused = /** @type {HTMLElement} */ (event.target);
  if (isFieldComing) event.preventDefault();
  if (isFieldComing || !isOurs(event)) return;
  if (focused.closest(FIELDS)) {
    if (event.key === "Escape") leaveField(focused);
    return;
  }
  if (isOfElement(event.key, focused)) return;
  if (handle(ARROWS[event.key] ?? shortcutOf(event))) event.preventDefault();
});

/** After a page was loaded anew, the case that stands where the last one stood is current. */
function restoreRow() {
  const at = Number(sessionStorage[STORED_ROW] ?? -1);
  sessionStorage.removeItem(STORED_ROW);
  if (at >= 0 && desk.list) choose(cases()[Math.min(at, cases().length - 1)]);
}
askBeforeHarm(desk.cancelText);
restoreRow();
showFlashes();
keepTimesTrue();
