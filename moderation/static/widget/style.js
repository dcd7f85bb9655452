// The widget's look: its own, whatever the page does. Sizes in px, so that the page's root size does not matter.

const COMMON = `
:host { all: initial; color-scheme: light dark; }
* { box-sizing: border-box; }
button { font: 500 15px/20px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; cursor: pointer; }
:focus-visible { outline: 3px solid #2f80d0; outline-offset: 2px; }
`;

export const BUTTON_STYLE = `${COMMON}
.open {
  position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; padding: 8px 16px;
  border: 1px solid light-dark(#dedbd4, #3b3834); border-radius: 8px;
  background: light-dark(#fff, #211f1d); color: light-dark(#1d1c1a, #ece9e4);
  box-shadow: 0 1px 2px rgb(0 0 0 / 10%), 0 4px 16px rgb(0 0 0 / 12%);
}
@media print { .open { display: none; } }
`;

export const DIALOG_STYLE = `${COMMON}
dialog {
  width: min(560px, calc(100vw - 16px)); max-height: calc(100dvh - 16px); overflow: auto; padding: 24px;
  border: 1px solid light-dark(#dedbd4, #3b3834); border-radius: 8px;
  background: light-dark(#fff, #211f1d); color: light-dark(#1d1c1a, #ece9e4);
  box-shadow: 0 8px 40px rgb(0 0 0 / 30%);
  font: 400 15px/22px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
}
dialog::backdrop { background: rgb(0 0 0 / 45%); }
h2 { margin: 0 0 12px; font-size: 19px; line-height: 26px; font-weight: 600; }
p { margin: 0 0 8px; }
.passage {
  margin: 0 0 16px; padding: 12px 16px; border-left: 3px solid light-dark(#b3261e, #ff9a90);
  background: light-dark(#f6f5f2, #171614); overflow-wrap: anywhere;
  font: 400 17px/27px "Source Serif 4", Charter, "Iowan Old Style", Georgia, "PT Serif", "Noto Serif", serif;
}
.around { color: light-dark(#5d5a55, #aaa59d); }
mark { padding: 1px 2px; border-radius: 3px; background: light-dark(#fbeae8, #40201d); color: light-dark(#b3261e, #ff9a90);
  text-decoration: underline wavy 1px; text-underline-offset: 4px; }
label { display: block; margin: 0 0 4px; font-size: 14px; }
textarea {
  display: block; width: 100%; margin: 0 0 16px; padding: 8px 12px; resize: vertical;
  border: 1px solid light-dark(#8a857d, #77726b); border-radius: 8px; background: transparent; color: inherit;
  font: 400 16px/24px inherit; font-family: inherit;
}
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.row button { padding: 8px 20px; border: 1px solid light-dark(#dedbd4, #56514b); border-radius: 8px; background: transparent; color: inherit; }
.row .send { border-color: transparent; background: #1a6b3c; color: #fff; }
.row button:disabled { opacity: .6; cursor: progress; }
.error { margin: 0 0 12px; padding: 8px 12px; border-radius: 8px; background: light-dark(#fbeae8, #40201d); color: light-dark(#8c1d17, #ffb4ab); }
.error:empty { display: none; }
a { color: light-dark(#1d548c, #94beeb); }
@media (forced-colors: active) { mark { text-decoration: underline wavy 2px; } }
`;
