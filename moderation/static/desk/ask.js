// A question before what cannot be taken back: it names the object and the effect. Without scripts the button acts.
import { element } from "../common/dom.js";

/** Buttons whose question was answered with yes. @type {WeakSet<HTMLElement>} */
const answered = new WeakSet();

/**
 * @param {HTMLButtonElement} button
 * @param {string} cancelText
 */
function ask(button, cancelText) {
  const text = element("p", { id: "question" }, button.dataset.ask ?? "");
  const yes = element("button", { className: "btn btn-sm btn-danger-filled", value: "yes" }, button.textContent?.trim() ?? "");
  const no = element("button", { className: "btn btn-sm btn-plain", autofocus: true }, cancelText);
  const dialog = element("dialog", { className: "question" }, element("form", { method: "dialog" }, text, no, yes));
  dialog.setAttribute("aria-labelledby", "question");
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
    if (dialog.returnValue !== "yes") return;
    answered.add(button);
    button.form?.requestSubmit(button);
    answered.delete(button);
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {string} cancelText */
export function askBeforeHarm(cancelText) {
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!(button instanceof HTMLButtonElement) || !button.dataset.ask || answered.has(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(button, cancelText);
  }, true);
}
