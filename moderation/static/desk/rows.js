// The cases on a page: which one is current, and changing the list without moving it.
import { desk } from "./desk.js";

/** The event that tells which case became the current one. */
export const CHOSEN = "desk:chosen";

/** The event of a row whose case was assigned to somebody else. */
export const ASSIGNED = "desk:assigned";

const CONTROLS = "[data-select], [data-open]";

/** @returns {HTMLElement[]} */
export const cases = () => [...document.querySelectorAll("[data-case]")].filter((row) => row instanceof HTMLElement);

/** @returns {HTMLElement | null} */
export const currentCase = () => document.querySelector("[data-case][aria-current]");

/** @param {string} id */
export const caseRow = (id) => document.getElementById(`case-${id}`);

/**
 * The Tab key stops in the list at the current case only: the keys and the arrows lead to the others.
 * @param {HTMLElement} row
 */
export function rove(row) {
  if (row.parentElement !== desk.list) return;
  const isCurrent = row.hasAttribute("aria-current");
  row.tabIndex = isCurrent ? 0 : -1;
  for (const control of row.querySelectorAll(CONTROLS)) {
    if (isCurrent) control.removeAttribute("tabindex");
    else control.setAttribute("tabindex", "-1");
  }
}

/** @param {HTMLElement} row */
function leave(row) {
  if (!row.hasAttribute("aria-current")) return;
  row.removeAttribute("aria-current");
  rove(row);
}

/**
 * Make a case the current one. A pointer chooses without scrolling: the button under it must not move away.
 * @param {HTMLElement | null | undefined} row
 * @param {{ focus?: boolean, scroll?: boolean }} [options]
 */
export function choose(row, { focus = true, scroll = true } = {}) {
  for (const other of cases()) if (other !== row) leave(other);
  if (row) {
    row.setAttribute("aria-current", "true");
    rove(row);
    if (focus) row.focus({ preventScroll: true });
    if (scroll) row.scrollIntoView({ block: "nearest" });
  }
  document.dispatchEvent(new CustomEvent(CHOSEN, { detail: row ?? null }));
}

/**
 * The case that a form decides: the row around it, or the row that the reading pane shows.
 * @param {Element} form
 * @returns {HTMLElement | null}
 */
export function rowOf(form) {
  const around = /** @type {HTMLElement | null} */ (form.closest(".cases [data-case]"));
  return around ?? caseRow(/** @type {HTMLElement} */ (form).dataset.for ?? "");
}

/**
 * The case that becomes current when this one leaves: the next one, else the one before.
 * @param {HTMLElement} row
 */
export function neighbour(row) {
  const all = cases();
  const at = all.indexOf(row);
  return all[at + 1] ?? all[at - 1];
}

const firstOnScreen = () => cases().find((row) => row.getBoundingClientRect().bottom > 0);

/**
 * Change the list while the current case stays where it is on the screen.
 * @param {() => void} change
 * @param {HTMLElement | undefined} anchor
 */
export function withoutMoving(change, anchor = currentCase() ?? firstOnScreen()) {
  const before = anchor?.getBoundingClientRect().top ?? 0;
  change();
  if (anchor?.isConnected) scrollBy({ top: anchor.getBoundingClientRect().top - before, behavior: "instant" });
  const empty = /** @type {HTMLElement | null} */ (document.querySelector("[data-empty]"));
  if (empty) empty.hidden = cases().length > 0;
}

/**
 * A row from the service's own markup, which escapes what readers sent.
 * @param {string} html
 */
export function rowFrom(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (holder.content.firstElementChild);
}

/**
 * Put a row where its sort key belongs. Behind the last loaded row it waits until its page is loaded.
 * @param {HTMLElement} row
 */
export function insert(row) {
  const key = Number(row.dataset.sortKey);
  const next = cases().find((other) => Number(other.dataset.sortKey) < key);
  if (next) next.before(row);
  else if (desk.list && !desk.list.hasAttribute("data-more")) desk.list.append(row);
}
