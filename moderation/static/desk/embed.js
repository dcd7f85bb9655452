// The snippet and its preview follow what is chosen.

const SETTLED = 300; // milliseconds without a change
const ATTRIBUTES = ["lang", "button", "scheme", "root"];
const COLOURS = ["accent", "background", "text"];

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-embed]"));
const snippet = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("#snippet"));
const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector("[data-frame]"));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {HTMLFormElement} chosenIn */
function chosenFields(chosenIn) {
  return [...new FormData(chosenIn)]
    .map(([name, value]) => [name, String(value)])
    .filter(([name, value]) => value && /** @type {HTMLElement} */ (chosenIn.elements.namedItem(name)).dataset.default !== value);
}

/**
 * The markup for a site's pages.
 * @param {DOMStringMap} data
 * @param {string[][]} chosen
 */
function markup(data, chosen) {
  const attributes = chosen.filter(([name]) => ATTRIBUTES.includes(name)).map(([name, value]) => ` data-${name}="${value}"`);
  const colours = chosen.filter(([name]) => COLOURS.includes(name)).map(([name, value]) => `--corrigenda-${name}: ${value}`);
  const script = `<script async src="${data.src}" data-site-key="${data.siteKey}"${attributes.join("")}></${"script"}>`;
  return colours.length ? `${script}\n<style>:root { ${colours.join("; ")} }</style>` : script;
}

/** @param {HTMLFormElement} chosenIn */
function follow(chosenIn) {
  const chosen = chosenFields(chosenIn);
  if (snippet) snippet.value = markup(chosenIn.dataset, chosen);
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (frame) frame.src = `${chosenIn.dataset.preview}?${new URLSearchParams(chosen)}`;
  }, SETTLED);
}

if (form) {
  form.addEventListener("input", () => follow(form));
  // What was chosen before this script was loaded counts too.
  if (chosenFields(form).length > 0) follow(form);
}
