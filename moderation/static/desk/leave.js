// Cases that somebody else decided leave the list: when the editor goes on, or after a while without input.
import { choose, currentCase, neighbour, withoutMoving } from "./rows.js";

const IDLE_FOR = 5000; // milliseconds
const ASK_AGAIN = 500; // milliseconds
const INPUTS = ["keydown", "pointerdown", "pointermove", "wheel"];
/** Cases that are not current any more: the colleague's decision stays. */
const LEFT = "[data-became]:not([aria-current]), [data-case]:not([aria-current]):has(> .conflict)";

let lastInput = 0;

/** @param {HTMLElement} list */
export function watchDecided(list) {
  new MutationObserver(() => {
    for (const row of document.querySelectorAll(LEFT)) withoutMoving(() => row.remove());
  }).observe(list, { attributes: true, subtree: true, attributeFilter: ["aria-current"] });
  for (const type of INPUTS) {
    document.addEventListener(type, () => { lastInput = performance.now(); }, { capture: true, passive: true });
  }
}

/**
 * Let the current case leave after five seconds without input. A conflict does not: the editor's own decision waits there.
 * @param {HTMLElement} row
 */
export function leaveWhenIdle(row) {
  const start = performance.now();
  const look = () => {
    if (row !== currentCase()) return;
    const isIdle = performance.now() - Math.max(start, lastInput) >= IDLE_FOR;
    if (isIdle && !document.hidden && !document.querySelector("dialog[open]") && canLeave(row)) leave(row);
    else setTimeout(look, ASK_AGAIN);
  };
  setTimeout(look, ASK_AGAIN);
}

const hovered = () => /** @type {HTMLElement | null} */ (document.querySelector(".cases > :hover"));

/**
 * Whether what is under the pointer stays there without this case: it is above, or the page can scroll back by as much.
 * @param {HTMLElement} row
 */
function canLeave(row) {
  const under = hovered();
  if (!under) return true;
  const isAbove = Boolean(under.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
  return under !== row && (isAbove || scrollY >= row.offsetHeight);
}

/** @param {HTMLElement} row */
function leave(row) {
  const next = neighbour(row);
  const hadFocus = row.contains(document.activeElement);
  withoutMoving(() => {
    row.remove();
    choose(next, { focus: hadFocus, scroll: false });
  }, hovered() ?? next);
}
