// The colours that are tried, and a selection to open the dialog with.
for (const [name, value] of new URLSearchParams(location.search))
  if (["accent", "background", "text"].includes(name) && CSS.supports("color", value))
    document.documentElement.style.setProperty(`--corrigenda-${name}`, value);
const line = document.querySelector("#line").firstChild;
const at = line.data.search(/wil |закончаться /);
if (at >= 0) getSelection().setBaseAndExtent(line, at, line, at + line.data.slice(at).indexOf(" "));
