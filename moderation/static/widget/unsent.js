// Reports that could not be sent: kept, and sent again later, also from the next page.
import { tell } from "./dom.js";
import { send } from "./send.js";

const NAME = "corrigenda-unsent";
const MOST = 20;
const KEPT = 7 * 24 * 3600 * 1000;
const FIRST_PAUSE = 5000;
const LONGEST_PAUSE = 3600 * 1000;

let memory = []; // where storage is switched off: as long as the page lives
let timer;

function read() {
  let entries = memory;
  try {
    entries = JSON.parse(localStorage[NAME] ?? "[]");
  } catch {
    // switched off, or not ours
  }
  return Array.isArray(entries) ? entries.filter((entry) => entry.since > Date.now() - KEPT) : [];
}

function write(entries) {
  memory = entries.slice(-MOST);
  try {
    if (memory.length) localStorage[NAME] = JSON.stringify(memory);
    else localStorage.removeItem(NAME);
  } catch {
    // switched off, or full
  }
}

/** Keeps a report and sends it when it can. */
export function keep(options, report, key) {
  const { siteKey, home } = options;
  write([...read(), { siteKey, home, report, key, since: Date.now(), tries: 0, next: Date.now() + FIRST_PAUSE }]);
  plan(options);
}

/** Sends what is due, one tab at a time, and plans the rest. */
export function resume(options, now = false) {
  const work = () => sendDue(options, now);
  return navigator.locks ? navigator.locks.request(NAME, { ifAvailable: true }, (lock) => lock && work()) : work();
}

async function sendDue(options, now) {
  for (const entry of read()) {
    if (entry.home !== options.home || (!now && entry.next > Date.now())) continue;
    const result = await send(entry, entry.report, entry.key);
    const others = read().filter(({ key }) => key !== entry.key);
    const again = result.problem === "offline" || result.problem === "busy";
    if (again) {
      entry.tries++;
      entry.next = Date.now() + Math.min(FIRST_PAUSE * 2 ** entry.tries, LONGEST_PAUSE);
      others.push(entry);
    }
    write(others);
    if (result.receipt) {
      tell("sent", { receipt: result.receipt, late: true });
      if (options.mark) (await import("./marks.js")).remember(options, entry.report);
    }
  }
  plan(options);
}

function plan(options) {
  clearTimeout(timer);
  const next = Math.min(...read().map((entry) => entry.next));
  if (Number.isFinite(next)) timer = setTimeout(() => resume(options), Math.max(0, next - Date.now()));
  addEventListener("online", () => resume(options, true), { once: true });
}
