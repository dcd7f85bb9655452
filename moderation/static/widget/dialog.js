// The dialog: shows what will be sent, asks how it should read, sends it.
import { element, host } from "./dom.js";
import { articleRoot, takeQuote } from "./quote.js";
import { newKey, send } from "./send.js";
import { DIALOG_STYLE } from "./style.js";
import { wordsFor } from "./words.js";

let shadow;

/** Opens the dialog for the range, or explains what is missing. */
export function open(options, range) {
  shadow ??= host("corrigenda-dialog", DIALOG_STYLE);
  if (shadow.querySelector("dialog[open]")) return;
  const words = wordsFor(options.lang);
  const taken = takeQuote(articleRoot(options.root), range);
  const dialog = element("dialog", { lang: words.lang });
  dialog.setAttribute("aria-labelledby", "title");
  dialog.addEventListener("close", () => dialog.remove());
  shadow.replaceChildren(dialog);
  if (taken.problem) explain(dialog, words, words[taken.problem]);
  else ask(dialog, words, options, taken);
  dialog.showModal();
  tell("open", { quote: taken.quote ?? null });
}

function heading(words) {
  return element("h2", { id: "title" }, words.title);
}

function explain(dialog, words, text) {
  dialog.replaceChildren(heading(words), element("p", {}, text), element("div", { className: "row" }, closer(dialog, words.close)));
}

function ask(dialog, words, options, taken) {
  const { exact, prefix, suffix } = taken.quote;
  const correction = element("textarea", { id: "correction", rows: exact.length > 60 ? 3 : 1, maxLength: 1000, value: exact });
  const comment = element("textarea", { id: "comment", rows: 1, maxLength: 2000 });
  const error = element("p", { className: "error", role: "alert" });
  const submit = element("button", { className: "send" }, words.send);
  const form = element(
    "form",
    {},
    heading(words),
    element("p", { id: "shown" }, words.shown),
    element(
      "p",
      { className: "passage", lang: document.documentElement.lang },
      element("span", { className: "around" }, "…" + prefix),
      element("mark", {}, exact),
      element("span", { className: "around" }, suffix + "…"),
    ),
    element("label", { htmlFor: "correction" }, words.correction),
    correction,
    element("label", { htmlFor: "comment" }, words.comment),
    comment,
    error,
    element("div", { className: "row" }, submit, closer(dialog, words.cancel)),
  );
  const key = newKey();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    error.textContent = "";
    submit.disabled = true;
    submit.textContent = words.sending;
    const result = await send(options, report(taken, correction.value, comment.value), key);
    if (result.receipt) {
      thank(dialog, words, result.receipt);
      tell("sent", { receipt: result.receipt });
      return;
    }
    submit.disabled = false;
    submit.textContent = words.send;
    error.textContent = words[result.problem] + (result.problem === "invalid" ? (result.detail ?? "") : "");
    tell("error", { problem: result.problem });
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit();
    }
  });
  correction.autofocus = true;
  dialog.replaceChildren(form);
}

function report(taken, correction, comment) {
  return {
    url: document.querySelector('link[rel="canonical"]')?.href || location.href,
    ...taken,
    // The passage left as it was is no correction.
    ...(correction.trim() !== taken.quote.exact && { correction: correction.trim() }),
    ...(comment.trim() && { comment: comment.trim() }),
    ...(document.title && { title: document.title.slice(0, 500) }),
    ...(document.documentElement.lang && { lang: document.documentElement.lang }),
  };
}

function thank(dialog, words, receipt) {
  const link = element("a", { href: receipt.url, target: "_blank", rel: "noopener" }, words.receipt);
  const close = closer(dialog, words.close);
  dialog.replaceChildren(
    heading(words),
    element("p", { role: "status" }, words.thanks),
    element("p", {}, link),
    element("div", { className: "row" }, close),
  );
  close.focus();
}

function closer(dialog, text) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", () => dialog.close());
  return button;
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`corrigenda:${name}`, { detail }));
}
