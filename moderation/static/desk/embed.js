// The snippet and its preview follow what is chosen.
const form = document.querySelector("[data-embed]");
const snippet = document.querySelector("#snippet");
const frame = document.querySelector("[data-frame]");
let waiting;

function follow() {
  const chosen = [...new FormData(form)].filter(([name, value]) => value && form.elements[name].dataset.default !== value);
  const attributes = chosen.filter(([name]) => ["lang", "button", "scheme"].includes(name));
  const colours = chosen.filter(([name]) => ["accent", "background", "text"].includes(name));
  const style = colours.map(([name, value]) => `--corrigenda-${name}: ${value}`).join("; ");
  snippet.value =
    `<script async src="${form.dataset.src}" data-site-key="${form.dataset.key}"` +
    attributes.map(([name, value]) => ` data-${name}="${value}"`).join("") +
    `></${"script"}>` +
    (style ? `\n<style>:root { ${style} }</style>` : "");
  clearTimeout(waiting);
  waiting = setTimeout(() => (frame.src = `${form.dataset.preview}?${new URLSearchParams(chosen)}`), 300);
}
form.addEventListener("input", follow);
