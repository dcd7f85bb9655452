// The desk by keyboard: every key presses a button or follows a link that is on the page.
const STEPS = { a: "accept", r: "reject", s: "spam", f: "fix", o: "reopen" };
const GO = { q: "/desk/queue", s: "/desk/queue?status=spam" };
const KEPT = "corrigenda-row";

const cases = () => [...document.querySelectorAll("[data-case]")];
let at = -1;
let leading = false; // after g

function move(to) {
  const all = cases();
  if (!all.length) return;
  at = Math.max(0, Math.min(to, all.length - 1));
  for (const one of all) one.removeAttribute("aria-current");
  all[at].setAttribute("aria-current", "true");
  all[at].focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
}

function press(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) return false;
  sessionStorage[KEPT] = String(at); // the next case takes this one's place
  found.click();
  return true;
}

function key(name) {
  // In the queue nothing is decided before a row was chosen; a case's page has only one.
  const current = cases()[document.querySelector(".cases") ? at : 0];
  if (leading) {
    leading = false;
    if (GO[name]) location.assign(GO[name]);
    return Boolean(GO[name]);
  }
  switch (name) {
    case "j": return move(at + 1), true;
    case "k": return move(at - 1), true;
    case "g": return (leading = true);
    case "u": return press("[data-key=u]");
    case "?": return document.querySelector("#keys")?.showModal(), true;
    case "/": return document.querySelector("[type=search]")?.focus(), true;
    case "e": return current?.querySelector("[name=correction]")?.focus(), true;
    case "Enter": return press("[data-open]", current);
    default: return Boolean(current && STEPS[name]) && press(`[name=action][value=${STEPS[name]}]`, current);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.repeat) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  // On a link or a button Enter is its own.
  if (event.key === "Enter" && event.target.closest("a, button, summary")) return;
  if (key(event.key)) event.preventDefault();
});

// After a step the row that took the place of the last one is the current one.
const kept = Number(sessionStorage[KEPT] ?? -1);
sessionStorage.removeItem(KEPT);
if (kept >= 0 && document.querySelector(".cases")) move(kept);
