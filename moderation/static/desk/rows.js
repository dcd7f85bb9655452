// The queue's rows: which one is current, and putting rows in and out without moving it.
const list = document.querySelector(".cases");
export const cases = () => [...document.querySelectorAll("[data-case]")];
export const current = () => document.querySelector("[data-case][aria-current]");
export const rowOf = (id) => document.getElementById(`case-${id}`);

export function choose(row, { focus = true } = {}) {
  for (const one of cases()) one.removeAttribute("aria-current");
  if (!row) return;
  row.setAttribute("aria-current", "true");
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

/** The row after this one, else the one before: what an editor looks at when this one goes. */
export function neighbour(row) {
  const all = cases();
  const at = all.indexOf(row);
  return all[at + 1] ?? all[at - 1];
}

/** Change the list while the row that the editor looks at stays where it is on the screen. */
export function still(change) {
  const kept = current() ?? cases().find((row) => row.getBoundingClientRect().bottom > 0);
  const before = kept?.getBoundingClientRect().top;
  change();
  if (kept?.isConnected) scrollBy({ top: kept.getBoundingClientRect().top - before, behavior: "instant" });
  const empty = document.querySelector("[data-empty]");
  if (empty) empty.hidden = cases().length > 0;
}

export function rowFrom(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return holder.content.firstElementChild;
}

/** Put a row where its key belongs. Past the last one loaded it waits for its page to be loaded. */
export function insert(row) {
  const key = Number(row.dataset.key);
  const before = cases().find((one) => Number(one.dataset.key) < key);
  if (before) before.before(row);
  else if (!list.hasAttribute("data-more")) list.append(row);
}
