// What the desk's scripts read from the page, once. A page without a list has no list here: nothing fails.
//
// Attributes with which pages and scripts speak:
//   list       data-live, data-since, data-status, data-more, data-keep, data-anyway, data-claimed
//   case       data-case, data-version, data-sort-key, data-pane-url, data-became, data-claiming, data-claimed, data-claim
//   in a case  data-steps, data-for, data-select, data-open, data-more, data-use, data-reasons
//   queue      data-count, data-matching, data-empty, data-next, data-selected, data-select-all, data-word, data-clear, data-pane, data-pane-of,
//              data-filters, data-density, data-send, data-confirm, data-close, data-pair-accept, data-pair-reject
//   everywhere data-flash, data-toasts, data-texts, data-undo, data-cancel, data-lost, data-no-correction, data-shortcut, data-ask, data-copy, data-done, data-print, data-ago,
//              data-theme-switch, data-theme-choice, data-menu, data-show-keys,
//              data-notify, data-notify-title, data-notify-refused
//   page       data-at, data-card, data-fresh
//   case page  data-assign-me, data-narrow, data-back, data-next-case, data-previous-case
//   bulk       data-progress
//   site       data-embed, data-src, data-site-key, data-preview, data-default, data-frame

const LOST = "The connection was lost.";

/** @type {(selector: string) => HTMLElement | null} */
const only = (selector) => document.querySelector(selector);

const csrfField = /** @type {HTMLInputElement | null} */ (only("[name=csrf_token]"));
const toasts = only("[data-toasts]");

export const desk = {
  /** The queue's list of cases. */
  list: only(".cases"),
  /** The case on a case's own page. */
  caseSheet: only("[data-claiming]"),
  /** Where a wide window shows the current case beside the queue. */
  pane: only("[data-pane]"),
  /** The form with the steps for all selected cases. */
  bulkForm: only("#bulk"),
  toasts,
  /** What is said when a decision could not be sent. */
  lostText: toasts?.dataset.lost ?? LOST,
  /** What a decision is called, by action; `%s` is the passage. @type {Record<string, string>} */
  toastTexts: JSON.parse(toasts?.dataset.texts ?? "{}"),
  cancelText: toasts?.dataset.cancel ?? "",
  csrfToken: csrfField?.value ?? "",
};
