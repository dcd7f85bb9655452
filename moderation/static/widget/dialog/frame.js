// The dialog's frame: title, closing, messages.
import { element } from "../../common/dom.js";

/** @typedef {import("../api.d.ts").Outcome} Outcome */

/** One dialog, from its opening to its close. */
export class Frame {
  /** @type {Outcome} What open() resolves with. */
  outcome = null;
  /** @returns {Node[]} Buttons that stand on every page of the dialog, after its own. */
  more = () => [];

  /**
   * @param {HTMLDialogElement} dialog
   * @param {import("../page/words.js").Words} words
   * @param {string | undefined} scheme
   */
  constructor(dialog, words, scheme) {
    this.dialog = dialog;
    this.words = words;
    Object.assign(dialog, { lang: words.lang, dir: words.dir ?? "ltr" });
    dialog.style.colorScheme = scheme ?? "";
    dialog.setAttribute("aria-labelledby", "title");
  }

  /** @param {...(Node | string)} children */
  show(...children) {
    this.dialog.replaceChildren(element("h2", { id: "title" }, this.words.title), ...children);
  }

  /**
   * Show a sentence and a button that closes.
   * @param {string} text
   * @param {import("../api.d.ts").Receipt} [receipt]
   */
  say(text, receipt) {
    const message = element("p", { role: "status" });
    const close = this.closeButton(this.words.close);
    const link = receipt && element("a", { href: receipt.url, target: "_blank", rel: "noopener" }, this.words.receipt);
    this.show(message, ...(link ? [element("p", {}, link)] : []), row(close, ...this.more()));
    message.textContent = text; // after the region is there, so that it is announced
    close.focus();
  }

  /** @param {string} text */
  closeButton(text) {
    const button = element("button", { type: "button" }, text);
    button.addEventListener("click", () => this.close());
    return button;
  }

  /** Close, and leave the page at once: until the close event, keys would still go to the fields, Ctrl+Enter too. */
  close() {
    this.dialog.close();
    this.dialog.remove();
  }

  /** Open it on top of the page. Resolves when it is closed. */
  open() {
    const { dialog } = this;
    const screen = visualViewport; // smaller while there is a keyboard on it
    const fit = () => (dialog.style.maxHeight = `${(screen?.height ?? innerHeight) - 16}px`);
    screen?.addEventListener("resize", fit);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
    dialog.showModal();
    return new Promise((resolve) =>
      dialog.addEventListener("close", () => {
        screen?.removeEventListener("resize", fit);
        dialog.remove(); // where the browser closed it itself
        resolve(undefined);
      }),
    );
  }
}

/** @param {...Node} buttons */
export function row(...buttons) {
  return element("div", { className: "row" }, ...buttons);
}
