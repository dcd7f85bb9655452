// While a case's page is open, colleagues see that somebody is viewing it.
import { desk } from "./desk.js";

const EVERY = 4000; // milliseconds

/**
 * @param {HTMLElement} sheet
 * @param {Record<string, string>} fields
 */
function post(sheet, fields) {
  const body = new URLSearchParams({ csrf_token: desk.csrfToken, ...fields });
  return fetch(sheet.dataset.claiming ?? "", { method: "POST", body, keepalive: true });
}

/** @param {HTMLElement} sheet */
async function claim(sheet) {
  const answer = document.hidden ? null : await post(sheet, {}).catch(() => null);
  if (answer?.ok && !answer.redirected) showColleague(sheet, (await answer.json()).other);
  setTimeout(() => claim(sheet), EVERY);
}

/**
 * @param {HTMLElement} sheet
 * @param {string | null} name
 */
function showColleague(sheet, name) {
  const shown = sheet.querySelector("[data-claim]");
  const text = name ? (sheet.dataset.claimed ?? "").replace("%s", name) : "";
  if (shown && shown.textContent !== text) shown.textContent = text;
}

/**
 * A field that hides the entries of a list without its text.
 * @param {HTMLInputElement} field
 */
function narrow(field) {
  const list = document.querySelector(field.dataset.narrow ?? "");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const entry of /** @type {HTMLElement[]} */ ([...(list?.children ?? [])])) {
      entry.hidden = !(entry.textContent ?? "").toLowerCase().includes(wanted);
    }
  });
  // Enter in it searches; only the button merges.
  field.addEventListener("keydown", (event) => void (event.key === "Enter" && event.preventDefault()));
}

document.querySelectorAll("[data-narrow]").forEach((field) => narrow(/** @type {HTMLInputElement} */ (field)));
const { caseSheet } = desk;
if (caseSheet) {
  claim(caseSheet);
  addEventListener("pagehide", () => post(caseSheet, { leave: "yes" }));
}
