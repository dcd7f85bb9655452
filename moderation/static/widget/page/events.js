// What the page hears of.

/**
 * Dispatch `corrigenda:NAME` on the document.
 * @param {"open" | "sent" | "error"} name
 * @param {object} detail
 */
export function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`corrigenda:${name}`, { detail }));
}
