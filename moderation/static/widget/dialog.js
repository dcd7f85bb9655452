// The dialog: shows what will be sent, asks how it should read, sends it.
import { element, host, tell } from "./dom.js";
import { change, find, quoteOf } from "./quote.js";
import { newKey, send } from "./send.js";
import { DIALOG_STYLE } from "./style.js";
import { articleRoot, pageUrl, rangeInShadow, readText } from "./text.js";
import { keep } from "./unsent.js";
import { wordsFor } from "./words.js";

const KINDS = ["spelling", "punctuation", "grammar", "fact", "other"];
const drafts = new Map();
let shadow;

/** Opens the dialog for a range of the view's document, or explains what is missing. */
export async function open(options, range, view = window) {
  shadow ??= host("corrigenda-dialog", DIALOG_STYLE);
  if (shadow.querySelector("dialog")) return;
  const dialog = element("dialog");
  shadow.append(dialog);
  const taken = take(options, range, view);
  const words = await wordsFor(options);
  Object.assign(dialog, { lang: words.lang, dir: words.dir ?? "ltr" });
  dialog.style.colorScheme = options.scheme ?? "";
  dialog.setAttribute("aria-labelledby", "title");
  const fit = () => (dialog.style.maxHeight = `${visualViewport.height - 16}px`); // an on-screen keyboard takes room
  visualViewport?.addEventListener("resize", fit);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    shut(dialog);
  });
  dialog.addEventListener("close", () => {
    visualViewport?.removeEventListener("resize", fit);
    dialog.remove(); // where the browser closed it itself
    const selection = view.getSelection();
    if (range && !range.collapsed && selection.type !== "Range") {
      selection.removeAllRanges();
      selection.addRange(range);
    }
  });
  if (taken.problem) explain(dialog, words, words[taken.problem]);
  else ask(dialog, words, options, taken);
  dialog.showModal();
  tell("open", { quote: taken.quote ?? null, position: taken.position ?? null });
}

function take(options, range, view) {
  const field = view.document.activeElement;
  if (/^(INPUT|TEXTAREA)$/.test(field?.tagName) && field.selectionStart !== field.selectionEnd) return { problem: "field" };
  if (!range || range.collapsed) range = rangeInShadow(view);
  if (!range || range.collapsed) return { problem: "empty" };
  const page = view.document;
  const text = readText(articleRoot(options.root, page), range);
  if (text.start < 0) return { problem: range.toString().trim() ? "outside" : "empty" };
  return { ...quoteOf(text.points, text.start, text.end), points: text.points, page };
}

function heading(words) {
  return element("h2", { id: "title" }, words.title);
}

function explain(dialog, words, text) {
  dialog.replaceChildren(heading(words), element("p", {}, text), row(closer(dialog, words.close)));
}

function ask(dialog, words, options, taken) {
  const { exact, prefix, suffix } = taken.quote;
  const url = pageUrl(taken.page);
  const name = `${url} ${taken.position.start} ${exact}`;
  const draft = drafts.get(name) ?? {};
  const passage = element("p", { className: "passage", id: "passage", dir: "auto", lang: taken.page.documentElement.lang });
  const correction = element("textarea", { id: "correction", rows: exact.length > 60 ? 3 : 1, maxLength: 1000, value: draft.correction ?? exact });
  const comment = element("textarea", { id: "comment", rows: 1, maxLength: 2000, value: draft.comment ?? "" });
  const kind = element("select", { id: "kind" });
  kind.append(element("option", { value: "" }, words.any), ...KINDS.map((value) => element("option", { value }, words[value])));
  kind.value = draft.kind ?? "";
  correction.setAttribute("aria-describedby", "passage");
  const note = element("p", { className: "note" });
  const status = element("p", { className: "status", role: "status" });
  const error = element("p", { className: "error", role: "alert" });
  const submit = element("button", { className: "send" }, words.send);
  const form = element(
    "form", { noValidate: true }, heading(words), element("p", {}, words.shown), passage, note,
    label("correction", words.correction), correction, label("kind", words.kind), kind,
    label("comment", words.comment), comment, error, status, row(submit, closer(dialog, words.cancel)),
  );

  const mark = () => {
    const [before, gone, come, after] = change(exact, correction.value.trim());
    const changed = gone || come;
    passage.replaceChildren(
      element("span", { className: "around" }, `…${prefix}`),
      ...(changed
        ? [before, ...(gone ? [element("del", {}, gone)] : []), ...(come ? [element("ins", {}, come)] : []), after]
        : [element("mark", {}, exact)]),
      element("span", { className: "around" }, `${suffix}…`),
    );
  };
  mark();
  form.addEventListener("input", () => {
    mark();
    drafts.set(name, { correction: correction.value, comment: comment.value, kind: kind.value });
  });

  const key = newKey();
  const deliver = async () => {
    if (submit.disabled) return;
    error.textContent = "";
    submit.disabled = true;
    status.textContent = words.sending;
    const report = compose(taken, url, correction.value.trim(), comment.value.trim(), kind.value);
    const result = await send(options, report, key);
    if (result.problem === "offline" || result.problem === "busy") {
      keep(options, report, key);
      drafts.delete(name);
      tell("error", { problem: result.problem });
      return finish(dialog, words, words[result.problem]);
    }
    if (result.problem) {
      submit.disabled = false;
      status.textContent = "";
      error.textContent = words[result.problem] + (result.problem === "invalid" ? (result.detail ?? "") : "");
      return tell("error", { problem: result.problem });
    }
    drafts.delete(name);
    if (options.mark) (await import("./marks.js")).remember(options, report);
    finish(dialog, words, words.thanks, result.receipt);
    tell("sent", { receipt: result.receipt });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    deliver();
  });
  form.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page's own shortcuts are not meant
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    deliver();
  });
  correction.autofocus = true;
  dialog.replaceChildren(form);
  inform({ words, options, taken, url, note, deliver });
}

// The site's ground rules, and whether somebody has this passage already. Never waited for.
async function inform({ words, options, taken, url, note, deliver }) {
  const isHere = (quote) => {
    const span = find(taken.points, quote);
    return span && span[0] < taken.span[1] && taken.span[0] < span[1];
  };
  try {
    if (options.mark && (await import("./marks.js")).reported(url).some(isHere)) note.append(element("span", {}, words.twice));
    const query = new URLSearchParams({ site: options.siteKey, url });
    const response = await fetch(`${options.home}api/v1/widget?${query}`, { credentials: "omit" });
    if (!response.ok) return;
    const { ground_rules: rules, proof_of_work: proof, known } = await response.json();
    options.proof = proof;
    if (rules) note.append(element("span", { dir: "auto" }, rules));
    if (!known?.some(isHere) || note.querySelector("button")) return;
    const too = element("button", { type: "button" }, words.metoo);
    too.addEventListener("click", deliver);
    note.append(element("span", {}, words.known), too);
  } catch {
    // the dialog is as good without
  }
}

function compose(taken, url, correction, comment, kind) {
  const { title, documentElement } = taken.page;
  const { quote, position } = taken;
  return {
    url,
    quote,
    position,
    // The passage left as it was is no correction.
    ...(correction !== quote.exact && { correction }),
    ...(comment && { comment }),
    ...(kind && { kind }),
    ...(title && { title: Array.from(title).slice(0, 500).join("") }),
    ...(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(documentElement.lang) && { lang: documentElement.lang }),
  };
}

function finish(dialog, words, text, receipt) {
  const close = closer(dialog, words.close);
  const said = element("p", { role: "status" });
  dialog.replaceChildren(
    heading(words), said,
    ...(receipt ? [element("p", {}, element("a", { href: receipt.url, target: "_blank", rel: "noopener" }, words.receipt))] : []),
    row(close),
  );
  said.textContent = text; // after the region is there, so that it is announced
  close.focus();
}

function label(name, text) {
  return element("label", { htmlFor: name }, text);
}

function row(...buttons) {
  return element("div", { className: "row" }, ...buttons);
}

// Out of the page at once: until the close event comes, keys would still go to its fields, Ctrl+Enter too.
function shut(dialog) {
  dialog.close();
  dialog.remove();
}

function closer(dialog, text) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", () => shut(dialog));
  return button;
}
