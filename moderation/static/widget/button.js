// Buttons for readers without a keyboard: one in the corner, and one beside a selection on a touch screen.
import { element } from "../common/dom.js";
import tokens from "../common/tokens.css" with { type: "css" };
import look from "./look/button.css" with { type: "css" };
import base from "./look/host.css" with { type: "css" };
import { host } from "./page/host.js";
import { loadWords } from "./page/words.js";

/** @typedef {import("./types.d.ts").Options} Options */

// The system's own menu stands above a selection, its handles hang below: 44 px keep clear of them.
const CLEAR = 44;
const HEIGHT = 44;

/** @type {{ root: ShadowRoot, button: HTMLButtonElement } | null} */
let floating = null;

/**
 * Show the fixed button, for sites that ask for one.
 * @param {Options} options
 * @param {() => void} open
 */
export async function showFixed(options, open) {
  const root = newHost();
  root.append(await buildButton(options, open));
  return root.host;
}

/**
 * Show the floating button beside the selection; remove it when nothing is selected.
 * @param {Options} options
 * @param {() => void} open
 */
export async function showBesideSelection(options, open) {
  const box = selectionBox();
  if (!box) return removeFloating();
  if (!floating) {
    const root = newHost();
    const button = await buildButton(options, () => {
      removeFloating();
      open();
    });
    root.append(button);
    removeFloating(); // another one, where the selection changed meanwhile
    floating = { root, button };
  }
  position(floating.button, box);
}

function newHost() {
  return host("corrigenda-button", [tokens, base, look]);
}

function removeFloating() {
  floating?.root.host.remove();
  floating = null;
}

/** Where the selection is on the screen; null when nothing is selected. */
function selectionBox() {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  return box.width ? box : null;
}

/**
 * Below the selection; without room there, in the corner, where the system's menu never is.
 * @param {HTMLButtonElement} button
 * @param {DOMRect} box
 */
function position(button, box) {
  const below = box.bottom + CLEAR;
  const fits = box.bottom > 0 && below + HEIGHT < innerHeight;
  const left = Math.max(8, Math.min(box.left, innerWidth - button.offsetWidth - 8));
  Object.assign(button.style, {
    top: fits ? `${below}px` : "auto",
    bottom: fits ? "auto" : "",
    left: fits ? `${left}px` : "auto",
    right: fits ? "auto" : "",
  });
}

/**
 * @param {Options} options
 * @param {() => void} open
 */
async function buildButton(options, open) {
  const words = await loadWords(options);
  const button = element("button", { type: "button", className: "open", lang: words.lang, dir: words.dir ?? "" }, words.title);
  button.style.colorScheme = options.scheme ?? "";
  // A press must not undo the selection.
  for (const name of ["pointerdown", "mousedown"]) button.addEventListener(name, (event) => event.preventDefault());
  button.addEventListener("click", () => open());
  return button;
}
