// The desk by keyboard: every key presses a button or follows a link that is on the page.
import { cases, choose, current } from "./rows.js";

const STEPS = { a: "accept", r: "reject", s: "spam", f: "fix", o: "reopen" };
const GO = { q: "/desk/queue", s: "/desk/queue?status=spam", p: "/desk/pages" };
const KEPT = "corrigenda-row";

const inQueue = document.querySelector(".cases") !== null;
const theCase = document.querySelector("[data-claiming]"); // a case's own page has only one
let leading = false; // after g

function move(by) {
  const all = cases();
  const at = all.indexOf(current());
  choose(all[Math.max(0, Math.min(at + by, all.length - 1))]);
}

function press(selector, root = document) {
  const found = root?.querySelector(selector);
  if (!found) return false;
  sessionStorage[KEPT] = String(cases().indexOf(current())); // should the page be loaded anew
  found.click();
  return true;
}

async function undo() {
  const steps = inQueue ? await import("./steps.js") : null;
  if (!(await steps?.undo())) press("[data-key=u]");
}

function key(name) {
  // Among several cases nothing is decided before one was chosen.
  const row = theCase ?? current();
  if (leading) {
    leading = false;
    if (GO[name]) location.assign(GO[name]);
    return Boolean(GO[name]);
  }
  switch (name) {
    case "j": return move(1), true;
    case "k": return move(-1), true;
    case "g": return (leading = true);
    case "u": return undo(), true;
    case "x": return press("[data-select]", row);
    case "?": return document.querySelector("#keys")?.showModal(), true;
    case "/": return document.querySelector("[type=search]")?.focus(), true;
    case "e": return row?.querySelector("[name=correction]")?.select(), true;
    case "Enter": return press("[data-open]", row);
    default: return Boolean(row && STEPS[name]) && press(`[name=action][value=${STEPS[name]}]`, row);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
  const target = event.target;
  if (target.closest("input:not([type=checkbox]), textarea, select, dialog[open], [contenteditable]")) {
    if (event.key === "Escape") target.closest("[data-case]")?.focus();
    return;
  }
  // On a link or a button Enter is its own.
  if (event.key === "Enter" && target.closest("a, button, summary")) return;
  if (key(event.key)) event.preventDefault();
});

// After a page was loaded anew, the row that took the place of the last one is the current one.
const kept = Number(sessionStorage[KEPT] ?? -1);
sessionStorage.removeItem(KEPT);
if (kept >= 0 && inQueue) choose(cases()[Math.min(kept, cases().length - 1)]);
