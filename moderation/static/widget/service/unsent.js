// Reports that could not be sent: kept in the browser, and sent later, also from the next page.
import { tell } from "../page/events.js";
import { remember } from "./remember.js";
import { send } from "./send.js";

/**
 * @typedef {import("../types.d.ts").Options} Options
 * @typedef {object} Entry a report that waits
 * @property {string} home
 * @property {string} siteKey
 * @property {import("../api.d.ts").Draft} report
 * @property {string} key
 * @property {number} since when it was kept; milliseconds
 * @property {number} tries
 * @property {number} next when it is sent again; milliseconds
 */

const NAME = "corrigenda-unsent";
const MOST = 20;
const KEPT = 7 * 24 * 3600 * 1000;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 3600 * 1000;

/** @type {Entry[]} Where storage is switched off: as long as the page lives. */
let memory = [];
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @returns {Entry[]} */
function read() {
  let entries = memory;
  try {
    entries = JSON.parse(localStorage[NAME] ?? "[]");
  } catch {
    // switched off, or written by somebody else
  }
  return Array.isArray(entries) ? entries.filter((entry) => entry.since > Date.now() - KEPT) : [];
}

/** @param {Entry[]} entries */
function write(entries) {
  memory = entries.slice(-MOST);
  try {
    if (memory.length) localStorage[NAME] = JSON.stringify(memory);
    else localStorage.removeItem(NAME);
  } catch {
    // switched off, or full
  }
}

/**
 * Whether a report with this answer may be sent again.
 * @param {object} answer
 * @returns {answer is { problem: "offline" | "busy" }}
 */
export function isTemporary(answer) {
  return "problem" in answer && (answer.problem === "offline" || answer.problem === "busy");
}

/**
 * Keep a report, and send it when that is possible.
 * @param {Options} options
 * @param {import("../api.d.ts").Draft} report
 * @param {string} key
 */
export function keep(options, report, key) {
  const { siteKey, home } = options;
  const now = Date.now();
  write([...read(), { siteKey, home, report, key, since: now, tries: 0, next: now + FIRST_PAUSE }]);
  plan(options);
}

/**
 * Send what is due, in one tab at a time, and plan the rest.
 * @param {Options} options
 * @param {boolean} [now] whether to send what is not due yet, too
 */
export async function resume(options, now = false) {
  const work = () => sendDue(options, now);
  if (navigator.locks) await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && work());
  else await work();
}

/**
 * @param {Options} options
 * @param {boolean} now
 */
async function sendDue(options, now) {
  for (const entry of read()) {
    if (entry.home === options.home && (now || entry.next <= Date.now())) await sendEntry(options, entry);
  }
  plan(options);
}

/**
 * @param {Options} options
 * @param {Entry} entry
 */
async function sendEntry(options, entry) {
  const answer = await send(entry, entry.report, entry.key);
  const others = read().filter(({ key }) => key !== entry.key);
  if (isTemporary(answer)) {
    const tries = entry.tries + 1;
    const next = Date.now() + Math.min(FIRST_PAUSE * 2 ** tries, LONGEST_PAUSE);
    return write([...others, { ...entry, tries, next }]);
  }
  write(others);
  if (!("receipt" in answer)) return;
  tell("sent", { receipt: answer.receipt, late: true });
  await remember({ ...options, siteKey: entry.siteKey }, entry.report, answer.receipt);
}

/** @param {Options} options */
function plan(options) {
  clearTimeout(timer);
  const next = Math.min(...read().map((entry) => entry.next));
  if (Number.isFinite(next)) timer = setTimeout(() => resume(options), Math.max(0, next - Date.now()));
  addEventListener("online", () => resume(options, true), { once: true });
}
