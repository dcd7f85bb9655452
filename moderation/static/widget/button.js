// Buttons for readers without a keyboard: one in the corner, and one at the lower edge of a touch screen for what is selected.
import { element } from "../common/dom.js";
import tokens from "../common/tokens.css" with { type: "css" };
import look from "./look/button.css" with { type: "css" };
import base from "./look/host.css" with { type: "css" };
import { host } from "./page/host.js";
import { loadWords } from "./page/words.js";

/** @typedef {import("./types.d.ts").Options} Options */

const LONGEST = 30;

/** @type {{ root: ShadowRoot, said: HTMLElement } | null} */
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
 * Show a bar at the lower edge, with what is selected; remove it when nothing is. The text around the selection stays free.
 * @param {Options} options
 * @param {() => void} open
 */
export async function showForSelection(options, open) {
  const text = selectedText();
  if (!text) return removeFloating();
  if (!floating) {
    const root = newHost();
    const button = await buildButton(options, () => {
      removeFloating();
      open();
    });
    const said = element("q");
    button.classList.add("bar");
    button.prepend(said);
    root.append(button);
    removeFloating(); // another one, where the selection changed meanwhile
    floating = { root, said };
  }
  floating.said.textContent = text;
}

function newHost() {
  return host("corrigenda-button", [tokens, base, look]);
}

function removeFloating() {
  floating?.root.host.remove();
  floating = null;
}

/** The selected text, shortened; empty when nothing is selected. */
function selectedText() {
  const text = getSelection()?.toString().trim() ?? "";
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
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
