// The dialog's form: the passage, the correction, the kind of mistake, a comment.
import { element } from "../../common/dom.js";
import { row } from "./frame.js";
import { preview } from "./preview.js";

const KINDS = /** @type {const} */ (["spelling", "punctuation", "grammar", "fact", "other"]);
const LONG_PASSAGE = 60;

/**
 * The form and its parts.
 * @typedef {ReturnType<typeof buildForm>} Form
 */

/**
 * Build the form.
 * @param {import("../page/words.js").Words} words
 * @param {Required<import("../api.d.ts").Quote>} quote
 * @param {Partial<import("./drafts.js").Entry>} entry
 * @param {{ lang: string, buttons: Node[] }} more the page's language, and the buttons after the one that sends
 */
export function buildForm(words, quote, entry, { lang, buttons }) {
  const passage = element("p", { className: "passage", id: "passage", dir: "auto", lang });
  const rows = quote.exact.length > LONG_PASSAGE ? 3 : 1;
  const correction = element("textarea", { id: "correction", rows, maxLength: 1000, value: entry.correction ?? quote.exact });
  const comment = element("textarea", { id: "comment", rows: 1, maxLength: 2000, value: entry.comment ?? "" });
  const kind = kindField(words, entry.kind);
  correction.setAttribute("aria-describedby", "passage");
  correction.autofocus = true;
  const notes = element("div", { className: "notes" });
  const status = element("p", { className: "status", role: "status" });
  const error = element("p", { className: "error", role: "alert" });
  const submit = element("button", { className: "send" }, words.send);
  const form = element(
    "form", {}, element("p", {}, words.shown), passage, notes,
    label("correction", words.correction), correction, label("kind", words.kind), kind,
    label("comment", words.comment), comment, error, status, row(submit, ...buttons),
  );
  const read = () => ({ correction: correction.value, comment: comment.value, kind: kind.value });
  const showChange = () => passage.replaceChildren(...preview(quote, correction.value.trim()));
  showChange();
  form.addEventListener("input", showChange);
  return { form, notes, submit, read, ...states(status, error, submit), onSubmit: submitter(form) };
}

/**
 * What the form says while the report is sent, and when it is refused.
 * @param {Element} status
 * @param {Element} error
 * @param {HTMLButtonElement} submit
 */
function states(status, error, submit) {
  return {
    /** @param {string} text */
    busy: (text) => {
      error.textContent = "";
      status.textContent = text;
      submit.disabled = true;
    },
    /** @param {string} text */
    refuse: (text) => {
      status.textContent = "";
      error.textContent = text;
      submit.disabled = false;
    },
  };
}

/**
 * Hear of the button, and of Ctrl+Enter in any field. `isDeliberate` says that it were the keys: nobody presses them by mistake.
 * @param {HTMLFormElement} form
 * @returns {(submit: (isDeliberate: boolean) => void) => void}
 */
function submitter(form) {
  return (submit) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit(false);
    });
    form.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the page's own shortcuts are not meant
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      submit(true);
    });
  };
}

/**
 * @param {import("../page/words.js").Words} words
 * @param {string} [chosen]
 */
function kindField(words, chosen) {
  const field = element("select", { id: "kind" });
  field.append(element("option", { value: "" }, words.any), ...KINDS.map((value) => element("option", { value }, words[value])));
  field.value = chosen ?? "";
  return field;
}

/**
 * @param {string} name
 * @param {string} text
 */
function label(name, text) {
  return element("label", { htmlFor: name }, text);
}
