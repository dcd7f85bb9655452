// Accepting a case without a correction takes a second press: most often the correction was forgotten.
import { element } from "../common/dom.js";
import { desk } from "./desk.js";

/** Forms that have warned. @type {WeakSet<HTMLFormElement>} */
const warned = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=correction]"));
  if (button?.value !== "accept" || !field || field.value.trim() || warned.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  warned.add(form);
  const text = desk.toasts?.dataset.noCorrection ?? "";
  field.after(element("p", { className: "field-error mb-0", role: "alert" }, text));
}, true);
