// The current case with its paragraph, suggestions, reports and history: beside the list, or below its row.
import { desk } from "./desk.js";
import { ASSIGNED, CHOSEN, currentCase, neighbour, rowFrom } from "./rows.js";

/** @typedef {{ version: string, node: Promise<HTMLElement | null> }} Kept */

const MOST_KEPT = 40;
const wide = matchMedia("(min-width: 1200px)");

/** Panes by case, oldest first. A pane keeps what the editor typed into it. @type {Map<string, Kept>} */
const kept = new Map();

/** @param {HTMLElement} row */
async function fetchPane(row) {
  const answer = await fetch(row.dataset.paneUrl ?? "").catch(() => null);
  return answer?.ok && !answer.redirected ? rowFrom(await answer.text()) : null;
}

/**
 * The pane of a case, from memory where its version is the row's.
 * @param {HTMLElement} row
 */
function paneOf(row) {
  const { case: id = "", version = "" } = row.dataset;
  const known = kept.get(id);
  if (known?.version === version) return known.node;
  const node = fetchPane(row);
  kept.delete(id);
  kept.set(id, { version, node });
  if (kept.size > MOST_KEPT) kept.delete([...kept.keys()][0]);
  node.then((found) => found ?? kept.delete(id));
  return node;
}

/**
 * Show the case's pane, and answer the element with its form once it is there.
 * @param {HTMLElement} row
 */
export async function formShown(row) {
  if (wide.matches && desk.pane && row.parentElement === desk.list) await show(row);
  return visiblePane(row) ?? row;
}

/** @param {HTMLElement} row */
async function show(row) {
  const pane = await paneOf(row);
  const holder = wide.matches ? desk.pane : row.querySelector("[data-more]");
  if (row !== currentCase() || !holder || !pane || holder.firstElementChild === pane) return;
  for (const button of pane.querySelectorAll("[data-use]")) /** @type {HTMLElement} */ (button).hidden = false;
  // Below its row the rest of the case waits until it is asked for: the next row stays near.
  const more = pane.querySelector("details.pane-more");
  if (more) more.toggleAttribute("open", wide.matches);
  holder.replaceChildren(pane);
  desk.pane?.scrollTo(0, 0);
}

/**
 * Put the new assignee into a pane that is kept; what the editor typed into it stays.
 * @param {HTMLElement} row
 */
async function showAssignee(row) {
  const panes = await Promise.all([kept.get(row.dataset.case ?? "")?.node, fetchPane(row)]);
  const [shown, now] = panes.map((pane) => pane?.querySelector(".pane-assignee"));
  if (shown && now) shown.replaceWith(now);
}

/** The next case is ready before it is asked for. */
function prefetch() {
  const row = currentCase();
  const next = row && neighbour(row);
  if (next) paneOf(next);
}

/**
 * The pane's element with the steps for a case; null where the row's own form is used.
 * @param {HTMLElement} row
 * @returns {HTMLElement | null}
 */
export function visiblePane(row) {
  return wide.matches ? document.querySelector(`[data-pane] [data-pane-of="${row.dataset.case}"]`) : null;
}

/**
 * The reasons that a case's site offers for a rejection.
 * @param {HTMLElement} row
 */
export async function reasonsOf(row) {
  const holder = row.matches("[data-claiming]") ? row : await paneOf(row);
  return [...(holder?.querySelectorAll("[data-reasons] option") ?? [])].map((option) => option.getAttribute("value") ?? "");
}

/** @param {Event} event */
function useSuggestion({ target }) {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-use]"));
  const row = button && currentCase();
  if (!row) return;
  const field = (visiblePane(row) ?? row).querySelector("[name=correction]");
  if (field instanceof HTMLInputElement) {
    field.value = button.dataset.use ?? "";
    field.focus();
  }
}

export function startPane() {
  document.addEventListener(CHOSEN, (event) => {
    const row = /** @type {CustomEvent<HTMLElement | null>} */ (event).detail;
    if (!row) desk.pane?.replaceChildren();
    else show(row).then(prefetch);
  });
  document.addEventListener(ASSIGNED, (event) => {
    showAssignee(/** @type {HTMLElement} */ (event.target));
  });
  wide.addEventListener("change", () => {
    const row = currentCase();
    if (row) show(row);
  });
  document.addEventListener("click", useSuggestion);
}
