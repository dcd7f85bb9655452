// The queue with scripts: decisions at once, live, selecting, and more cases as the end comes near.
import "./confirm.js";
import { desk } from "./desk.js";
import { markFound } from "./found.js";
import { showBadge } from "./notify.js";
import "./live.js";
import { startPane } from "./pane.js";
import { cases, choose, currentCase, rove, rowFrom, withoutMoving } from "./rows.js";
import "./send.js";
import "./steps.js";

const FEW = 15;
const STORED_DENSITY = "corrigenda-density";

/** @param {HTMLElement} list */
function watchSelection(list) {
  const bar = desk.bulkForm;
  const shown = /** @type {HTMLElement | null} */ (bar?.querySelector("[data-selected]"));
  const clear = /** @type {HTMLElement | null} */ (bar?.querySelector("[data-clear]"));
  const all = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-select-all]"));
  if (!bar || !shown) return;
  /** @param {boolean} isOn */
  const selectAll = (isOn) => {
    for (const box of document.querySelectorAll("[data-select]")) /** @type {HTMLInputElement} */ (box).checked = isOn;
    count();
  };
  const count = () => {
    const selected = document.querySelectorAll("[data-select]:checked").length;
    bar.classList.toggle("chosen", selected > 0);
    shown.textContent = (shown.dataset.word ?? "").replace("%s", String(selected));
    if (all) all.checked = selected > 0 && selected === document.querySelectorAll("[data-select]").length;
    if (all) all.indeterminate = selected > 0 && !all.checked;
    if (clear) clear.hidden = selected === 0;
  };
  clear?.addEventListener("click", () => selectAll(false));
  all?.addEventListener("change", () => selectAll(all.checked));
  list.addEventListener("change", count);
  new MutationObserver(count).observe(list, { childList: true });
  count();
}

/**
 * A click into a case chooses it, and so does the Tab key. Neither scrolls: what is pressed stays where it is.
 * @param {HTMLElement} list
 */
function watchPointer(list) {
  /** @param {Event} event */
  const chooseUnder = ({ target }) => {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-case]"));
    if (!row || row.hasAttribute("aria-current")) return;
    // The case that was open above it folds: the pressed one stays under the pointer.
    withoutMoving(() => choose(row, { focus: false, scroll: false }), row);
  };
  list.addEventListener("click", chooseUnder);
  list.addEventListener("focusin", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.matches(":focus-visible") && !target.matches("[data-case]")) chooseUnder(event);
  });
}

const nextLink = () => /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-next]"));

let loading = false;

/** @param {HTMLElement} list */
async function loadMore(list) {
  const link = nextLink();
  if (!link || loading) return;
  loading = true;
  try {
    const answer = await fetch(link.href, { headers: { "X-Part": "rows" } });
    if (answer.ok) append(list, link, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } finally {
    loading = false;
  }
}

/**
 * @param {HTMLElement} list
 * @param {HTMLAnchorElement} link
 * @param {Document} page the next page of the queue
 */
function append(list, link, page) {
  const wasEmpty = cases().length === 0; // decided faster than more could come
  for (const row of page.querySelectorAll("[data-case]")) {
    if (!document.getElementById(row.id)) list.append(rowFrom(row.outerHTML));
  }
  if (wasEmpty) choose(cases()[0]);
  const following = /** @type {HTMLAnchorElement | null} */ (page.querySelector("[data-next]"));
  if (following) link.href = following.href;
  else {
    link.remove();
    list.removeAttribute("data-more");
  }
}

/** @param {HTMLElement} list */
function watchEnd(list) {
  const link = nextLink();
  if (!link) return;
  const observer = new IntersectionObserver(
    (entries) => entries.some((entry) => entry.isIntersecting) && loadMore(list), { rootMargin: "800px" },
  );
  observer.observe(link);
  // Deciding empties the list from the top: go on loading before it is empty.
  new MutationObserver(() => cases().length < FEW && loadMore(list)).observe(list, { childList: true });
}

/** @param {HTMLElement} list */
function roveAll(list) {
  cases().forEach(rove);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const row of addedNodes) if (row instanceof HTMLElement) rove(row);
    }
  }).observe(list, { childList: true });
}

/** Two lines a case, or the passage in full: as the editor chose last. */
function watchDensity() {
  const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-density]"));
  if (!button) return;
  const show = () => {
    const isComfortable = localStorage[STORED_DENSITY] === "comfortable";
    document.documentElement.classList.toggle("comfortable", isComfortable);
    button.setAttribute("aria-pressed", String(!isComfortable));
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    localStorage[STORED_DENSITY] = localStorage[STORED_DENSITY] === "comfortable" ? "dense" : "comfortable";
    show();
  });
  show();
}

if (desk.list) {
  watchSelection(desk.list);
  watchPointer(desk.list);
  watchEnd(desk.list);
  roveAll(desk.list);
  watchDensity();
  startPane();
  markFound(document.querySelector(".queue"), new URLSearchParams(location.search).get("q") ?? "");
  showBadge(document.querySelector("[data-count=open]")?.textContent ?? "0");
  // Back from a case: it is the current one again, if it is still in the list.
  const left = location.hash.startsWith("#case-") ? document.getElementById(location.hash.slice(1)) : null;
  choose(left ?? currentCase() ?? cases()[0], { focus: false, scroll: left !== null });
}
