// A page as an article: marks choose cases and show which one is current; decisions change the page in place.
import { CHOSEN, caseRow, cases, choose, currentCase } from "./rows.js";
import { SENT } from "./send.js";
import { DECIDED } from "./steps.js";

const cards = document.querySelector(".page-cases");

/** @param {string | undefined} id */
const markOf = (id) => document.querySelector(`[data-at="${id}"]`);

/** @param {boolean} isScrolling */
function showCurrentMark(isScrolling) {
  for (const mark of document.querySelectorAll("[data-at][aria-current]")) mark.removeAttribute("aria-current");
  const mark = markOf(currentCase()?.dataset.case);
  if (!mark) return;
  mark.setAttribute("aria-current", "true");
  const { top, bottom, right } = mark.getBoundingClientRect();
  const end = endOfSight(right);
  if (isScrolling && (top < 0 || bottom > end)) scrollBy({ top: top - end / 2, behavior: "instant" });
}

/**
 * Where the visible part of the article ends: on a narrow screen the card lies over its lower part.
 * @param {number} right of the mark
 */
function endOfSight(right) {
  const card = cards?.getBoundingClientRect();
  return card && card.left < right ? Math.min(innerHeight, card.top) : innerHeight;
}

/**
 * Bring parts of the page up to date from the service's own markup.
 * @param {string[]} names
 */
async function renew(names) {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const name of names) {
    const now = fresh.querySelector(`[data-fresh="${name}"]`);
    if (now) document.querySelector(`[data-fresh="${name}"]`)?.replaceChildren(...now.childNodes);
  }
  showCurrentMark(false);
}

async function renewAll() {
  await renew(["text", "accepted", "all", "cases"]);
  const empty = document.querySelector("[data-empty]");
  empty?.toggleAttribute("hidden", cases().length > 0);
  choose(firstOpen(), { focus: false, scroll: false });
}

/** The first case without a decision, else the first one. */
const firstOpen = () => cases().find((card) => card.querySelector("[value=accept]")) ?? cases()[0];

if (cards) {
  document.addEventListener(CHOSEN, () => showCurrentMark(true));
  document.addEventListener(DECIDED, () => renew(["text", "accepted", "all"]));
  document.addEventListener(SENT, renewAll);
  document.addEventListener("click", (event) => {
    const mark = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-at]"));
    if (!mark) return;
    event.preventDefault();
    const card = caseRow(mark.dataset.at ?? "");
    if (card) choose(card, { scroll: false });
    else location.assign(`/desk/cases/${mark.dataset.at}`);
  });
  const linked = caseRow(location.hash.replace(/^#(at|case)-/, ""));
  choose(linked ?? currentCase() ?? firstOpen(), { focus: false, scroll: false });
}
