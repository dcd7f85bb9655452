// The page's own elements that open the dialog.

/**
 * Call `open` when an element with data-corrigenda-open is pressed, or one that the site named.
 * @param {string} button what data-button says: a CSS selector, `fixed` or `off`
 * @param {() => void} open
 * @param {import("./watch.js").Listen} on
 */
export function watchOpeners(button, open, on) {
  const selector = /^(fixed|off)$/.test(button) ? "[data-corrigenda-open]" : `[data-corrigenda-open],${button}`;
  /** @param {Event} event */
  const isOpener = (event) => Boolean(/** @type {Element} */ (event.target).closest?.(selector));
  // A press must not undo the selection that it is about.
  for (const name of ["pointerdown", "mousedown"]) {
    on(document, name, (event) => isOpener(event) && event.preventDefault());
  }
  on(document, "click", (event) => {
    if (!isOpener(event)) return;
    event.preventDefault();
    open();
  });
}
