// The fixed button, for readers without a keyboard.
import { element, host } from "./dom.js";
import { BUTTON_STYLE } from "./style.js";
import { wordsFor } from "./words.js";

export function show(options, open) {
  const words = wordsFor(options.lang);
  const button = element("button", { type: "button", className: "open", lang: words.lang }, words.title);
  const keep = (event) => event.preventDefault(); // a press must not undo the selection
  button.addEventListener("pointerdown", keep);
  button.addEventListener("mousedown", keep);
  button.addEventListener("click", open);
  host("corrigenda-button", BUTTON_STYLE).append(button);
}
