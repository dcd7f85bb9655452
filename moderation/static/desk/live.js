// New cases and other editors' decisions, every few seconds, while the page is in front.
import { element } from "../common/dom.js";
import { desk } from "./desk.js";
import { showCount } from "./counts.js";
import { leaveWhenIdle, watchDecided } from "./leave.js";
import { isNotifying, notify } from "./notify.js";
import { ASSIGNED, caseRow, cases, choose, currentCase, insert, rowFrom, rowOf, withoutMoving } from "./rows.js";

/**
 * @typedef {{ id: string, version: number, html: string }} Row
 * @typedef {object} News
 * @property {string} at
 * @property {Record<string, string>} counts by status
 * @property {Row[]} rows new and changed cases
 * @property {Record<string, string>} gone what became of cases that left the list, by id
 * @property {Record<string, string>} claims who is viewing a case, by id
 */

const EVERY = 3000; // milliseconds
const EVERY_BEHIND = 30_000; // while the page is not in front, for an editor who asked for notifications
const ROWS_BEFORE = 100;
const ROWS_AFTER = 200;

/** What this editor just decided must not come back from an answer that was on its way. */
const decided = new Set();
const list = desk.list;
let since = list?.dataset.since ?? "";
let viewed = "";

/** The cases around the screen: an editor may have loaded thousands. */
function nearScreen() {
  const all = cases();
  const at = all.findIndex((row) => row.getBoundingClientRect().bottom > 0);
  return all.slice(Math.max(0, at - ROWS_BEFORE), at + ROWS_AFTER);
}

/** @returns {Promise<News | null>} */
async function fetchNews() {
  const at = currentCase()?.dataset.case ?? "";
  const fields = {
    csrf_token: desk.csrfToken,
    since,
    at,
    left: viewed && viewed !== at ? viewed : "",
    shown: nearScreen().map((row) => row.dataset.case).join(" "),
  };
  viewed = at;
  const answer = await fetch(list?.dataset.live ?? "", { method: "POST", body: new URLSearchParams(fields) });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

/** Ask for news at once. */
export async function refresh() {
  if (!list?.dataset.live) return;
  const news = await fetchNews().catch(() => null); // no connection: the next time
  if (!news) return;
  since = news.at;
  for (const [status, count] of Object.entries(news.counts)) showCount(status, count);
  const fresh = news.rows.filter(isNew);
  withoutMoving(() => {
    for (const row of news.rows) showRow(row);
    for (const [id, became] of Object.entries(news.gone)) removeRow(caseRow(id), became);
  });
  if (fresh.length > 0) notify(fresh.length, passageOf(fresh[0]));
  for (const row of cases()) showClaim(row, news.claims[row.dataset.case ?? ""]);
}

/** @param {Row} row */
const isNew = ({ id, version }) => version === 1 && !caseRow(id) && !decided.has(`${id} ${version}`);

/** @param {Row} row */
const passageOf = ({ html }) => rowFrom(html).querySelector(".case-passage")?.textContent ?? "";

/** @param {Row} row */
function showRow({ id, version, html }) {
  const old = caseRow(id);
  if (old && Number(old.dataset.version) === version) showAssignee(old, rowFrom(html));
  if (old && (Number(old.dataset.version) >= version || isBeingEdited(old))) return;
  if (!old) {
    if (!decided.has(`${id} ${version}`)) insert(rowFrom(html));
    return;
  }
  const fresh = rowFrom(html);
  const wasCurrent = old === currentCase();
  old.replaceWith(fresh);
  if (wasCurrent) choose(fresh);
}

/**
 * An assignment is no decision: the case keeps its version.
 * @param {HTMLElement} row
 * @param {HTMLElement} fresh
 */
function showAssignee(row, fresh) {
  const shown = row.querySelector("[data-assignee]");
  const now = fresh.querySelector("[data-assignee]");
  if (!shown || !now || shown.textContent === now.textContent) return;
  shown.replaceWith(now);
  row.dispatchEvent(new CustomEvent(ASSIGNED, { bubbles: true }));
}

/** @param {HTMLElement} row */
function isBeingEdited(row) {
  const at = document.activeElement;
  if (row !== currentCase() || !at || at === row) return false;
  return row.contains(at) || at.closest("[data-pane-of]") !== null;
}

/**
 * Somebody decided a case. The current one stays and says so; it goes when the editor moves on.
 * @param {HTMLElement | null} row
 * @param {string} became
 */
function removeRow(row, became) {
  if (!row || row.querySelector(".conflict")) return;
  if (row !== currentCase()) return row.remove();
  if (row.dataset.became) return;
  row.dataset.became = became;
  const message = element("p", { className: "became", role: "status" }, became);
  for (const form of document.querySelectorAll(`form[data-for="${row.dataset.case}"]`)) form.remove();
  row.append(message);
  leaveWhenIdle(row);
}

/**
 * @param {HTMLElement} row
 * @param {string | undefined} name
 */
function showClaim(row, name) {
  const claim = /** @type {HTMLElement | null} */ (row.querySelector("[data-claim]"));
  if (!claim) return;
  claim.hidden = !name;
  claim.textContent = name ? (list?.dataset.claimed ?? "").replace("%s", name) : "";
}

/** @param {HTMLElement} watched */
function start(watched) {
  document.addEventListener("submit", (event) => {
    const row = rowOf(/** @type {Element} */ (event.target));
    if (row) decided.add(`${row.dataset.case} ${row.dataset.version}`);
  }, true);
  watchDecided(watched);
  const again = async () => {
    if (!document.hidden || isNotifying()) await refresh();
    setTimeout(again, document.hidden ? EVERY_BEHIND : EVERY);
  };
  setTimeout(again, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
}

if (list?.dataset.live) start(list);
