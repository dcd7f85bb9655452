// A page that asks before a step on many cases, as a dialog over the list. Without scripts it is the page.
import { element } from "../common/dom.js";
import { sendForm } from "./send.js";

/**
 * What the page asks, or null: it cannot be loaded.
 * @param {string} address
 */
async function load(address) {
  const answer = await fetch(address).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const sheet = page.querySelector("main .sheet");
  const heading = sheet?.querySelector("h1");
  heading?.replaceWith(element("h2", { id: "question", tabIndex: -1, autofocus: true }, ...heading.childNodes));
  return sheet && [...sheet.childNodes];
}

/**
 * The dialog's fields by name, without those that say what is confirmed.
 * @param {HTMLElement} dialog
 * @returns {NodeListOf<HTMLInputElement>}
 */
const typedInto = (dialog) => dialog.querySelectorAll("input:not([type=hidden])");

/**
 * Ask anew after a refusal: the number of cases may have changed. What the editor typed stays.
 * @param {HTMLDialogElement} dialog
 * @param {string} address
 * @param {string} problem
 */
async function askAgain(dialog, address, problem) {
  const typed = new Map([...typedInto(dialog)].map(({ name, value }) => [name, value]));
  const parts = (await load(address)) ?? [...dialog.querySelectorAll(":scope > :not([role=alert])")];
  const alert = element("p", { className: "field-error" }, problem);
  alert.setAttribute("role", "alert");
  dialog.replaceChildren(...parts, alert);
  for (const field of typedInto(dialog)) field.value = typed.get(field.name) ?? "";
}

/** @param {string} address */
async function ask(address) {
  const parts = await load(address);
  if (!parts) return location.assign(address);
  const dialog = element("dialog", { className: "question" }, ...parts);
  dialog.setAttribute("aria-labelledby", "question");
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (!(/** @type {Element} */ (event.target).closest("[data-close]"))) return;
    event.preventDefault();
    dialog.close();
  });
  // Enter in a note decides nothing: it would press the first button.
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
  });
  dialog.addEventListener("submit", async (event) => {
    event.preventDefault();
    dialog.inert = true;
    const problem = await sendForm(/** @type {HTMLFormElement} */ (event.target), event.submitter);
    dialog.inert = false;
    if (problem) await askAgain(dialog, address, problem);
    else dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[data-confirm]");
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link.href);
});
