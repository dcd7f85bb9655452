// Listen for the keys, the page's own buttons and selections, and import what they need.
import { listenInFrames } from "./frames.js";
import { isPressed, parseHotkey } from "./hotkey.js";
import { watchOpeners } from "./openers.js";

/**
 * @typedef {{
 *   dialog: typeof import("../dialog.js"), button: typeof import("../button.js"), marks: typeof import("../marks.js"),
 * }} Modules
 * @typedef {<Name extends keyof Modules>(name: Name) => Promise<Modules[Name]>} Load
 * @typedef {(target: EventTarget, name: string, heard: (event: any) => void) => void} Listen adds a listener
 */

const SETTLED = 300; // milliseconds without a change of the selection

/**
 * Listen, with `on`. Answers the function that opens the dialog.
 * @param {import("../types.d.ts").Options} options
 * @param {{ hotkey?: string, button?: string }} ways how a reader opens the dialog
 * @param {Load} load
 * @param {Listen} on
 */
export function watch(options, { hotkey = "Ctrl+Enter", button = "off" }, load, on) {
  const open = async (/** @type {Window} */ view = window) => {
    const selection = view.getSelection();
    // Read now: the selection might be gone when the import is done.
    const range = selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    try {
      await (await load("dialog")).open(options, range, view);
    } catch {
      // No network, and nothing loaded yet to say it with: the page may.
      document.dispatchEvent(new CustomEvent("corrigenda:error", { detail: { problem: "offline" } }));
    }
  };
  const keys = parseHotkey(hotkey);
  listenInFrames(on, (view) => on(view.document, "keydown", (event) => isMeant(keys, event, view) && open(view)));
  watchOpeners(button, () => open(), on);
  const ready = () => {
    if (button === "fixed") load("button").then((module) => module.showFixed(options, open));
    try {
      if (localStorage["corrigenda-unsent"]) load("dialog").then((module) => module.resume(options));
      if (options.mark && localStorage["corrigenda-sent"]) load("marks").then((module) => module.show(options));
    } catch {
      // storage is switched off
    }
  };
  if (document.body) ready();
  else on(document, "DOMContentLoaded", ready);
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  if (matchMedia("(pointer: coarse)").matches)
    on(document, "selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(() => load("button").then((module) => module.showForSelection(options, open)), SETTLED);
    });
  return open;
}

/**
 * Whether the keys were pressed for the dialog. Then the page does not get them.
 * @param {import("./hotkey.js").Hotkey} keys
 * @param {KeyboardEvent} event
 * @param {Window} view
 */
function isMeant(keys, event, view) {
  const field = /** @type {HTMLElement} */ (event.composedPath()[0]);
  if (event.defaultPrevented || event.repeat || !isPressed(keys, event)) return false;
  // The page's own Ctrl+Enter, in a form for example, stays its own.
  if (view.getSelection()?.type !== "Range" || /^(INPUT|TEXTAREA)$/.test(field.tagName) || field.isContentEditable) return false;
  event.preventDefault();
  return true;
}
