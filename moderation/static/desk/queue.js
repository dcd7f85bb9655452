// The queue with scripts: decisions at once, live, selecting, and more cases as the end comes near.
import { desk } from "./desk.js";
import "./live.js";
import { cases, choose, rowFrom } from "./rows.js";
import "./steps.js";

const FEW = 15;

/** @param {HTMLElement} list */
function watchSelection(list) {
  const bar = desk.bulkForm;
  const shown = /** @type {HTMLElement | null} */ (bar?.querySelector("[data-selected]"));
  if (!bar || !shown) return;
  const count = () => {
    const selected = document.querySelectorAll("[data-select]:checked").length;
    bar.classList.toggle("chosen", selected > 0);
    shown.textContent = `${shown.dataset.word} ${selected}`;
  };
  bar.classList.add("scripted");
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
    if (row && target !== row && !row.hasAttribute("aria-current")) choose(row, { focus: false, scroll: false });
  };
  list.addEventListener("click", (event) => {
    const row = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-case]"));
    if (row && !row.hasAttribute("aria-current")) choose(row, { focus: false, scroll: false });
  });
  list.addEventListener("focusin", (event) => {
    if (/** @type {Element} */ (event.target).matches(":focus-visible")) chooseUnder(event);
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
    const answer = await fetch(link.href);
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

if (desk.list) {
  watchSelection(desk.list);
  watchPointer(desk.list);
  watchEnd(desk.list);
}
