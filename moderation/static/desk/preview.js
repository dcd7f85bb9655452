// The colours that are tried, and a selection to open the dialog with.

const COLOURS = ["accent", "background", "text"];

for (const [name, value] of new URLSearchParams(location.search)) {
  if (COLOURS.includes(name) && CSS.supports("color", value)) {
    document.documentElement.style.setProperty(`--corrigenda-${name}`, value);
  }
}

const line = /** @type {Text | null | undefined} */ (document.querySelector("#line")?.firstChild);
const at = line?.data.search(/wil |закончаться /) ?? -1;
if (line && at >= 0) getSelection()?.setBaseAndExtent(line, at, line, line.data.indexOf(" ", at));
