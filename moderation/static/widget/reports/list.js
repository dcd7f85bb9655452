// The list in the dialog.
import { element } from "../../common/dom.js";
import { marked } from "../dialog/preview.js";
import { addSent, dropSent, sentTo } from "../service/sent.js";
import look from "../look/reports.css" with { type: "css" };
import { readReports } from "./read.js";

/**
 * @typedef {import("../dialog/frame.js").Frame} Frame
 * @typedef {import("../types.d.ts").Options} Options
 * @typedef {import("../api.d.ts").Reported} Reported
 * @typedef {import("../page/words.js").Words & typeof import("../reports.en.json")} Words
 */

/**
 * The button that opens the list; nothing while there is no report.
 * @param {Frame} frame
 * @param {Words} words
 * @param {Options} options
 * @returns {HTMLButtonElement[]}
 */
export function reportsButton(frame, words, options) {
  const count = sentTo(options).length;
  if (!count) return [];
  const { adoptedStyleSheets } = /** @type {ShadowRoot} */ (frame.dialog.getRootNode());
  if (!adoptedStyleSheets.includes(look)) adoptedStyleSheets.push(look);
  const button = textButton(`${words.reports} (${count})`, async () => {
    button.disabled = true; // the list comes when it is complete: nothing moves after that
    const reports = await readReports(options, words.lang);
    button.disabled = false;
    if (button.isConnected) new List(frame, words, options, button).show(reports);
  });
  button.className = "reports";
  return [button];
}

/** The list over the page of the dialog that it was opened from. */
class List {
  #frame;
  #words;
  #options;
  #before;
  #opener;

  /**
   * @param {Frame} frame
   * @param {Words} words
   * @param {Options} options
   * @param {HTMLButtonElement} opener
   */
  constructor(frame, words, options, opener) {
    this.#frame = frame;
    this.#words = words;
    this.#options = options;
    this.#opener = opener;
    this.#before = [...frame.dialog.childNodes];
  }

  /** @param {Reported[]} reports */
  show(reports) {
    const words = this.#words;
    const isUnread = reports.some(({ state }) => !state);
    this.#page(
      element("ul", {}, ...reports.map((report) => row(report, words.lang))),
      ...(isUnread ? [element("p", { className: "error" }, words.unread)] : []),
      this.#buttons(textButton(words.forget, () => this.#forget(reports))),
    );
  }

  /** @param {Reported[]} reports */
  #forget(reports) {
    const words = this.#words;
    const entries = sentTo(this.#options);
    dropSent(entries);
    const undo = textButton(words.undo, () => {
      addSent(entries);
      this.show(reports);
    });
    this.#page(element("p", { role: "status" }, words.forgotten), this.#buttons(undo));
  }

  /** @param {...Node} children */
  #page(...children) {
    this.#frame.show(...children);
    const title = /** @type {HTMLElement} */ (this.#frame.dialog.querySelector("#title"));
    Object.assign(title, { textContent: this.#words.reports, tabIndex: -1 });
    title.focus();
  }

  /** @param {Node} button */
  #buttons(button) {
    return element("div", { className: "row" }, textButton(this.#words.back, () => this.#back()), button);
  }

  #back() {
    const { dialog } = this.#frame;
    dialog.replaceChildren(...this.#before);
    const [opener] = reportsButton(this.#frame, this.#words, this.#options);
    if (opener) this.#opener.replaceWith(opener);
    else this.#opener.remove();
    (opener ?? /** @type {HTMLElement} */ (dialog.querySelector("textarea,button"))).focus();
  }
}

/**
 * @param {Reported} report
 * @param {string} lang
 */
function row({ quote, correction, receipt, state, sentAt }, lang) {
  const passage = marked(quote.exact, correction ?? quote.exact);
  const link = element("a", { className: "passage", href: receipt.url, target: "_blank", rel: "noopener", dir: "auto" }, ...passage);
  const time = day(state?.fixed_at ?? sentAt, lang);
  const isFixed = state?.status === "fixed";
  return element(
    "li", { className: state?.status ?? "" }, link,
    element("p", {}, isFixed ? "✓ " : "", state ? `${state.message} ` : "", element("small", {}, time)),
  );
}

/**
 * @param {string} time
 * @param {string} lang
 */
function day(time, lang) {
  const style = /** @type {const} */ ({ dateStyle: "medium" });
  try {
    return new Date(time).toLocaleDateString(lang, style);
  } catch {
    return new Date(time).toLocaleDateString([], style); // the site's words name no language
  }
}

/**
 * @param {string} text
 * @param {() => void} press
 */
function textButton(text, press) {
  const button = element("button", { type: "button" }, text);
  button.addEventListener("click", press);
  return button;
}
