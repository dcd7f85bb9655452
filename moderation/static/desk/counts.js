// The counts on the tabs, in the title of the window and on its icon.
import { showBadge } from "./notify.js";

const MORE = "+"; // "1000+": nobody counted further

/** @param {string} status */
const shownCounts = (status) => [...document.querySelectorAll(`[data-count="${status}"], [data-matching="${status}"]`)];

/**
 * @param {string} status
 * @param {string} count
 */
export function showCount(status, count) {
  if (status === "open") showBadge(count);
  for (const shown of shownCounts(status)) {
    if (shown.textContent === count) continue;
    shown.textContent = count;
    // "Open (12) · Corrigenda": the count of the tab that is shown.
    if (shown.closest("[aria-current]")) document.title = document.title.replace(/\(\d+\+?\)/, `(${count})`);
  }
}

/**
 * Count a decision before the service does.
 * @param {string} status
 * @param {number} by
 */
export function addToCount(status, by) {
  const count = shownCounts(status)[0]?.textContent ?? MORE;
  if (!count.includes(MORE)) showCount(status, String(Math.max(0, Number(count) + by)));
}
