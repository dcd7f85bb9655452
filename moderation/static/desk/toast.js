// Short messages, with an undo button where undoing is possible.
import { element } from "../common/dom.js";
import { desk } from "./desk.js";
import { CHOSEN } from "./rows.js";

const SHOWN_FOR = 15000; // milliseconds
/** What an editor presses to decide the open case. */
const CONTROLS = ":is([data-case][aria-current], [data-pane-of], [data-claiming]) :is(a, button, input, select, summary, textarea)";

/** What the last step did, said by the page that followed it: the same message as of a step without a new page. */
export function showFlashes() {
  if (!desk.toasts) return;
  const messages = [...document.querySelectorAll("[data-flash]")].map((bar) => bar.textContent ?? "");
  const undo = /** @type {HTMLElement | null} */ (document.querySelector(".undo [data-shortcut=u]"));
  if (messages.length > 0) toast(messages.join(" · "), undo ? () => undo.click() : undefined);
}

/**
 * Show a message. It goes after a while; the key for undo stays.
 * @param {string} message
 * @param {() => void} [undo]
 * @returns {HTMLElement} the message, to remove it sooner
 */
export function toast(message, undo) {
  const line = element("div", { className: "toast-line" }, element("span", {}, message));
  if (undo) {
    const button = element("button", { type: "button", className: "btn btn-sm btn-plain" }, desk.toasts?.dataset.undo ?? "",
      element("kbd", { ariaHidden: "true" }, "U"));
    button.addEventListener("click", undo);
    line.append(button);
  }
  desk.toasts?.replaceChildren(line);
  keepClear();
  setTimeout(() => line.remove(), SHOWN_FOR);
  return line;
}

/** A message that would cover a control of the open case is shown at the other end of the window. */
function keepClear() {
  const line = desk.toasts?.firstElementChild;
  if (!line) return;
  desk.toasts?.classList.remove("aside");
  const zone = line.getBoundingClientRect();
  /** @param {Element} control */
  const isUnder = (control) => {
    const { left, right, top, bottom } = control.getBoundingClientRect();
    return control.checkVisibility() && left < zone.right && right > zone.left && top < zone.bottom && bottom > zone.top;
  };
  desk.toasts?.classList.toggle("aside", [...document.querySelectorAll(CONTROLS)].some(isUnder));
}

document.addEventListener(CHOSEN, keepClear);
document.addEventListener("scroll", keepClear, { passive: true });
// The rest of a case is loaded after it was opened.
if (desk.list) new ResizeObserver(keepClear).observe(desk.list);
