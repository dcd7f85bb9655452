// News outside of the page: the icon shows that cases are open, and on request the system tells of new ones.
import { iconWith } from "./icon.js";
import { toast } from "./toast.js";

const STORED = "corrigenda-notify";
const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-notify]"));

/** Whether the editor asked to be told in this browser, and the browser allows it. */
export const isNotifying = () =>
  "Notification" in window && localStorage[STORED] === "on" && Notification.permission === "granted";

/** New cases since the page went behind: one notification counts them all. */
let untold = 0;
/** @type {Notification | null} */
let shown = null;

/**
 * Tell of new cases while the page is not in front.
 * @param {number} count
 * @param {string} passage of the first one
 */
export function notify(count, passage) {
  if (!document.hidden || !isNotifying()) return;
  untold += count;
  const title = (button?.dataset.notifyTitle ?? "").replace("%s", String(untold));
  shown = new Notification(title, { body: passage, tag: "corrigenda" }); // the tag replaces the one before
  shown.onclick = () => {
    window.focus();
    shown?.close();
  };
}

/** The editor is back and sees the list itself. */
function forget() {
  if (document.hidden) return;
  untold = 0;
  shown?.close();
  shown = null;
}

/**
 * The icon of the tab, and of an installed page.
 * @param {string} count of open cases: "12", "1000+"
 */
export function showBadge(count) {
  const number = Number.parseInt(count, 10) || 0;
  const icon = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
  if (icon) {
    icon.dataset.plain ??= icon.href;
    icon.href = number > 0 ? iconWith(number) : icon.dataset.plain;
  }
  if (!("setAppBadge" in navigator)) return;
  navigator.setAppBadge(number).catch(() => null);
}

function showChoice() {
  if (button) button.setAttribute("aria-pressed", String(isNotifying()));
}

/** Ask the browser, and say so where it refuses. */
async function choose() {
  const isOn = !isNotifying();
  if (isOn && Notification.permission !== "granted") await Notification.requestPermission();
  localStorage[STORED] = isOn ? "on" : "off";
  if (isOn && !isNotifying()) toast(button?.dataset.notifyRefused ?? "");
  showChoice();
}

if (button && "Notification" in window) {
  button.hidden = false;
  button.addEventListener("click", choose);
  document.addEventListener("visibilitychange", forget);
  showChoice();
}
