// Reject with a reason: `r` opens the list, a digit chooses and sends, Enter or `r` sends without one.
import { element } from "../common/dom.js";

const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("#reasons"));

/**
 * @param {string} label
 * @param {string} key
 * @param {() => void} onClick
 */
function choice(label, key, onClick) {
  const button = element("button", { type: "button", className: "reason-button" }, element("kbd", {}, key), ` ${label}`);
  button.addEventListener("click", onClick);
  return element("li", {}, button);
}

/**
 * Ask for a reason, then call `reject` with it; the empty text is no reason. The dialog opens at once: a key
 * that is pressed before the reasons have come waits for them.
 * @param {Promise<string[]>} reasons
 * @param {(reason: string) => void} reject
 */
export function askReason(reasons, reject) {
  const list = dialog?.querySelector("ol");
  if (!dialog || !list) return;
  /** @param {string} reason */
  const send = (reason) => {
    if (!dialog.open) return;
    dialog.close();
    reject(reason);
  };
  const none = choice(dialog.dataset.none ?? "", "R", () => send(""));
  list.replaceChildren(none);
  reasons.then((known) => none.before(...known.map((reason, at) => choice(reason, String(at + 1), () => send(reason)))));
  dialog.onkeydown = (event) => handleKey(event, reasons, send);
  dialog.showModal();
  dialog.focus();
}

/**
 * @param {KeyboardEvent} event
 * @param {Promise<string[]>} reasons
 * @param {(reason: string) => void} send
 */
async function handleKey(event, reasons, send) {
  // A focused button has its own Enter.
  const isEnter = event.key === "Enter" && !(/** @type {Element} */ (event.target).closest("button"));
  const isDigit = /^[1-9]$/.test(event.key);
  if (!isDigit && !isEnter && event.code !== "KeyR") return;
  event.preventDefault();
  event.stopPropagation();
  const reason = isDigit ? (await reasons)[Number(event.key) - 1] : "";
  if (reason !== undefined) send(reason);
}
