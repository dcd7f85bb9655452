// The widget's look: its own, whatever the page does. Sizes in px, so that the page's root size does not matter.
// A site's colours come in as custom properties: docs/embed.md.

export const COMMON = `
:host {
  all: initial !important;
  color-scheme: inherit !important; /* the page's: a site without a dark side has a light dialog */
  --page: var(--corrigenda-background, light-dark(#fff, #211f1d));
  --ink: var(--corrigenda-text, light-dark(#1d1c1a, #ece9e4));
  --quiet: color-mix(in srgb, var(--ink) 72%, var(--page));
  --line: color-mix(in srgb, var(--ink) 45%, var(--page));
  --gone: var(--corrigenda-removed, light-dark(#b3261e, #ff9a90));
  --come: var(--corrigenda-inserted, light-dark(#1a6b3c, #82d3a0));
  --accent: var(--corrigenda-accent, #1a6b3c);
  --on-accent: var(--corrigenda-on-accent, #fff);
  --radius: var(--corrigenda-radius, 8px);
  --sans: var(--corrigenda-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif);
}
* { box-sizing: border-box; }
button, textarea, select { font: 400 15px/20px var(--sans); }
button { font-weight: 500; cursor: pointer; }
:focus-visible { outline: 3px solid #2f80d0; outline-offset: 2px; }
`;

export const DIALOG_STYLE = `${COMMON}
dialog {
  width: min(560px, 100% - 16px); max-width: none; max-height: calc(100% - 16px); overflow: auto; padding: 24px;
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--page); color: var(--ink);
  box-shadow: 0 8px 40px rgb(0 0 0 / 30%); font: 400 15px/22px var(--sans); text-align: start;
}
dialog::backdrop { background: rgb(0 0 0 / 45%); }
h2 { margin: 0 0 12px; font-size: 19px; line-height: 26px; font-weight: 600; }
p { margin: 0 0 8px; }
.passage {
  margin: 0 0 16px; padding: 12px 16px; border-inline-start: 3px solid var(--gone); overflow-wrap: anywhere;
  background: color-mix(in srgb, var(--ink) 4%, var(--page));
  font: 400 17px/27px "Source Serif 4", Charter, "Iowan Old Style", Georgia, "PT Serif", "Noto Serif", serif;
}
.around { color: var(--quiet); }
mark, del { padding: 1px 2px; background: color-mix(in srgb, var(--gone) 10%, var(--page)); color: var(--gone); }
mark { text-decoration: underline wavy 1px; text-underline-offset: 4px; }
del { text-decoration: line-through 2px; }
ins { padding: 1px 2px; background: color-mix(in srgb, var(--come) 10%, var(--page)); color: var(--come);
  text-decoration: underline 2px; text-underline-offset: 4px; }
label { display: block; margin: 0 0 4px; font-size: 14px; }
textarea, select {
  display: block; width: 100%; margin: 0 0 16px; padding: 8px 12px; resize: vertical; color: inherit;
  border: 1px solid var(--line); border-radius: var(--radius); background: var(--page); font-size: 16px; line-height: 24px;
}
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
button { min-height: 40px; padding: 8px 20px; border: 1px solid var(--line); border-radius: var(--radius); background: none; color: inherit; }
.send { border-color: transparent; background: var(--accent); color: var(--on-accent); }
button:disabled { opacity: .6; cursor: progress; }
.note span { display: block; margin: 0 0 8px; }
.note button { margin: 0 0 16px; }
.error { margin: 0 0 12px; padding: 8px 12px; border: 1px solid var(--gone); border-radius: var(--radius); color: var(--gone); }
.error:empty, .status:empty, .note:empty { display: none; }
a { color: light-dark(#1d548c, #94beeb); }
@media (max-width: 480px) { dialog { margin-top: 8px; padding: 16px; } }
@media (forced-colors: active) { mark { text-decoration: underline wavy 2px; } .send { border-color: currentColor; } }
`;
