// The script that a page carries. It only listens; everything else is imported on the first use.
import { listenInFrames } from "./loader/frames.js";
import { isPressed, parseHotkey } from "./loader/hotkey.js";
import { watchOpeners } from "./loader/openers.js";

/**
 * @typedef {{
 *   dialog: typeof import("./dialog.js"), button: typeof import("./button.js"), marks: typeof import("./marks.js"),
 * }} Modules
 */

const SETTLED = 300; // milliseconds without a change of the selection
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const { hotkey = "Ctrl+Enter", button = "off", ...said } = script.dataset;
const home = script.src.replace(/widget(\.js|\/\w+\/loader\.js)[^/]*$/, "");
const options = /** @type {import("./types.d.ts").Options} */ ({
  ...said, home, mark: said.mark != null, reports: said.reports !== "off",
});

/**
 * @template {keyof Modules} Name
 * @param {Name} name
 * @returns {Promise<Modules[Name]>}
 */
function load(name) {
  return import(`${home}widget/@HASH@/${name}.js`);
}

/** @param {Window} [view] */
async function open(view = window) {
  const selection = view.getSelection();
  // Read now: the selection might be gone when the import is done.
  const range = selection?.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  try {
    await (await load("dialog")).open(options, range, view);
  } catch {
    // No network, and nothing loaded yet to say it with: the page may.
    document.dispatchEvent(new CustomEvent("corrigenda:error", { detail: { problem: "offline" } }));
  }
}

const keys = parseHotkey(hotkey);
listenInFrames((view) =>
  view.document.addEventListener("keydown", (event) => {
    const field = /** @type {HTMLElement} */ (event.composedPath()[0]);
    if (event.defaultPrevented || event.repeat || !isPressed(keys, event)) return;
    // The page's own Ctrl+Enter, in a form for example, stays its own.
    if (view.getSelection()?.type !== "Range" || /^(INPUT|TEXTAREA)$/.test(field.tagName) || field.isContentEditable) return;
    event.preventDefault();
    open(view);
  }),
);
watchOpeners(button, () => open());

function ready() {
  if (button === "fixed") load("button").then((module) => module.showFixed(options, open));
  try {
    if (localStorage["corrigenda-unsent"]) load("dialog").then((module) => module.resume(options));
    if (options.mark && localStorage["corrigenda-sent"]) load("marks").then((module) => module.show(options));
  } catch {
    // storage is switched off
  }
}
if (document.body) ready();
else document.addEventListener("DOMContentLoaded", ready);

/** @type {ReturnType<typeof setTimeout>} */
let timer;
if (matchMedia("(pointer: coarse)").matches)
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load("button").then((module) => module.showBesideSelection(options, open)), SETTLED);
  });
