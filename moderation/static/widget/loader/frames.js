// Frames of the page's own origin: each has a keyboard of its own while it has the focus.

/**
 * Call `listen` with this window, and with each frame that the reader enters.
 * @param {import("./watch.js").Listen} on
 * @param {(view: Window) => void} listen
 */
export function listenInFrames(on, listen) {
  const heard = new WeakSet();
  /** @param {Window} view */
  const listenOnce = (view) => {
    if (heard.has(view.document)) return;
    heard.add(view.document);
    listen(view);
  };
  /** @param {EventTarget | null} target */
  const enter = (target) => {
    const frame = /** @type {HTMLIFrameElement | null} */ (target);
    if (frame?.tagName !== "IFRAME" || !frame.contentWindow) return;
    try {
      listenOnce(frame.contentWindow);
    } catch {
      // another origin's
    }
  };
  listenOnce(window);
  on(document, "pointerover", (event) => enter(event.target));
  on(window, "blur", () => setTimeout(() => enter(document.activeElement)));
}
