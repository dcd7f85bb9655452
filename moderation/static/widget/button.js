// Buttons for readers without a keyboard: one in the corner, and one beside a selection on a touch screen.
import { element, host } from "./dom.js";
import { COMMON } from "./style.js";
import { wordsFor } from "./words.js";

// The system's own menu stands above a selection, its handles hang below: 44 px keep clear of them.
const CLEAR = 44;
const HEIGHT = 44;

const BUTTON_STYLE = `${COMMON}
.open {
  position: fixed; right: 16px; bottom: 16px; z-index: 2147483647; min-height: 44px; padding: 8px 16px;
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--page); color: var(--ink);
  box-shadow: 0 1px 2px rgb(0 0 0 / 10%), 0 4px 16px rgb(0 0 0 / 12%);
}
@media print { .open { display: none; } }
`;

let floating;

/** The fixed button, for sites that ask for one. */
export async function fixed(options, open) {
  host("corrigenda-button", BUTTON_STYLE).append(await make(options, open));
}

/** Shows the floating button beside the selection, or takes it away when there is none. */
export async function beside(options, open) {
  const selection = getSelection();
  const box = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0).getBoundingClientRect();
  if (!box || !box.width) {
    floating?.remove();
    floating = null;
    return;
  }
  if (!floating) {
    const root = host("corrigenda-button", BUTTON_STYLE);
    floating = root.host;
    const button = await make(options, () => {
      floating?.remove();
      floating = null;
      open();
    });
    root.append(button);
  }
  const button = floating?.shadowRoot.querySelector("button");
  if (!button) return;
  const below = box.bottom + CLEAR;
  const fits = box.bottom > 0 && below + HEIGHT < innerHeight;
  // No room below: the corner, where the menu never is.
  button.style.top = fits ? `${below}px` : "auto";
  button.style.bottom = fits ? "auto" : "";
  button.style.left = fits ? `${Math.max(8, Math.min(box.left, innerWidth - button.offsetWidth - 8))}px` : "auto";
  button.style.right = fits ? "auto" : "";
}

async function make(options, open) {
  const words = await wordsFor(options);
  const button = element("button", { type: "button", className: "open", lang: words.lang, dir: words.dir }, words.title);
  button.style.colorScheme = options.scheme ?? "";
  const keep = (event) => event.preventDefault(); // a press must not undo the selection
  button.addEventListener("pointerdown", keep);
  button.addEventListener("mousedown", keep);
  button.addEventListener("click", () => open());
  return button;
}
