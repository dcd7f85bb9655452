// The queue with scripts: decisions at once, live, selecting, and more cases as the end comes near.
import "./live.js";
import "./steps.js";
import { cases, choose, rowFrom } from "./rows.js";

const list = document.querySelector(".cases");
const bar = document.querySelector("#bulk");

function count() {
  if (!bar) return;
  const many = document.querySelectorAll("[data-select]:checked").length;
  bar.classList.toggle("chosen", many > 0);
  const shown = bar.querySelector("[data-selected]");
  shown.textContent = `${shown.dataset.word} ${many}`;
}
bar?.classList.add("scripted");
list.addEventListener("change", count);
new MutationObserver(count).observe(list, { childList: true });
count();

// A click into a row chooses it, as j and k do.
list.addEventListener("click", (event) => {
  const row = event.target.closest("[data-case]");
  if (row && !row.hasAttribute("aria-current")) choose(row, { focus: false });
});
list.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-case]");
  if (row && event.target !== row && !row.hasAttribute("aria-current")) choose(row, { focus: false });
});

const next = () => document.querySelector("[data-next]");
let loading = false;
async function more() {
  const link = next();
  if (!link || loading) return;
  loading = true;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const emptied = cases().length === 0; // decided faster than more could come
    for (const row of page.querySelectorAll("[data-case]"))
      if (!document.getElementById(row.id)) list.append(rowFrom(row.outerHTML));
    if (emptied) choose(cases()[0]);
    const after = page.querySelector("[data-next]");
    if (after) link.href = after.href;
    else {
      link.remove();
      list.removeAttribute("data-more");
    }
  } finally {
    loading = false;
  }
}
if (next()) new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && more(), { rootMargin: "800px" }).observe(next());
// Deciding empties the list from the top: go on loading before it is empty.
new MutationObserver(() => cases().length < 15 && more()).observe(list, { childList: true });
