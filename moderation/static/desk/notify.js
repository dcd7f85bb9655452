// News outside of the page: the icon shows that cases are open, and on request the system tells of new ones.
import { iconWith } from "./icon.js";

const STORED = "corrigenda-notify";
const button = /** @type {HTMLElement | null} */ (document.querySelector("[data-notify]"));

/** Whether the editor asked to be told in this browser, and the browser allows it. */
export const isNotifying = () =>
  "Notification" in window && localStorage[STORED] === "on" && Notification.permission === "granted";

/**
 * Tell of new cases while the page is not in front.
 * @param {number} count
 * @param {string} passage of the first one
 */
export function notify(count, passage) {
  if (!document.hidden || !isNotifying()) return;
  const title = (button?.dataset.notifyTitle ?? "").replace("%s", String(count));
  const shown = new Notification(title, { body: passage, tag: "corrigenda" });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
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

if (button && "Notification" in window) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isOn = !isNotifying();
    if (isOn && Notification.permission !== "granted") await Notification.requestPermission();
    localStorage[STORED] = isOn ? "on" : "off";
    showChoice();
  });
  showChoice();
}
