// New cases and other editors' decisions, every few seconds, while the desk is looked at.
import { cases, choose, current, insert, rowFrom, rowOf, still } from "./rows.js";

const EVERY = 3000;
const list = document.querySelector(".cases[data-live]");
let since = list.dataset.since;
let looking = "";

const busy = (row) => row === current() && row.contains(document.activeElement) && document.activeElement !== row;

/** The rows around what is looked at: an editor may have loaded thousands. */
function near() {
  const all = cases();
  const at = all.findIndex((row) => row.getBoundingClientRect().bottom > 0);
  return all.slice(Math.max(0, at - 100), at + 200);
}

export async function refresh() {
  const at = current()?.dataset.case ?? "";
  const fields = new URLSearchParams({
    csrf_token: document.querySelector("[name=csrf_token]").value,
    since,
    at,
    left: looking && looking !== at ? looking : "",
    shown: near().map((row) => row.dataset.case).join(" "),
  });
  looking = at;
  const answer = await fetch(list.dataset.live, { method: "POST", body: fields });
  if (!answer.ok || answer.redirected) return;
  const news = await answer.json();
  since = news.at;
  for (const [status, count] of Object.entries(news.counts)) {
    const shown = document.querySelector(`[data-count="${status}"]`);
    if (shown && shown.textContent !== count) shown.textContent = count;
  }
  still(() => {
    for (const fresh of news.rows) show(fresh);
    for (const [id, became] of Object.entries(news.gone)) take(rowOf(id), became);
  });
  for (const row of cases()) claim(row, news.claims[row.dataset.case]);
}

function show({ id, version, html }) {
  const row = rowOf(id);
  if (row && (Number(row.dataset.version) >= version || busy(row))) return;
  const fresh = rowFrom(html);
  if (!row) {
    if (!gone.has(`${id} ${version}`)) insert(fresh);
    return;
  }
  const wasCurrent = row === current();
  row.replaceWith(fresh);
  if (wasCurrent) choose(fresh);
}

/** Somebody decided it. The row under the cursor stays, and says so; it goes when the editor moves on. */
function take(row, became) {
  if (!row || row.querySelector(".conflict")) return;
  if (row !== current()) return row.remove();
  if (row.dataset.became) return;
  row.dataset.became = became;
  const note = Object.assign(document.createElement("p"), { className: "became", textContent: became });
  note.setAttribute("role", "status");
  row.querySelector("form[data-steps]")?.replaceWith(note);
}

function claim(row, name) {
  const place = row.querySelector("[data-claim]");
  if (!place) return;
  place.hidden = !name;
  place.textContent = name ? list.dataset.claimed.replace("%s", name) : "";
}

// What this editor just decided must not come back from an answer that was on its way.
const gone = new Set();
document.addEventListener("submit", (event) => {
  const row = event.target.closest("[data-case]");
  if (row) gone.add(`${row.dataset.case} ${row.dataset.version}`);
}, true);

// The row that was kept only because it was current goes when another one is.
new MutationObserver(() => {
  for (const row of document.querySelectorAll("[data-became]:not([aria-current])")) still(() => row.remove());
}).observe(list, { attributes: true, subtree: true, attributeFilter: ["aria-current"] });

async function again() {
  if (!document.hidden) await refresh().catch(() => {});
  setTimeout(again, EVERY);
}
setTimeout(again, EVERY);
document.addEventListener("visibilitychange", () => document.hidden || refresh().catch(() => {}));
