// Buttons that copy a text or print the page.

const DONE_FOR = 2000; // milliseconds

/** @param {Element} source */
async function copyText(source) {
  const field = source instanceof HTMLTextAreaElement || source instanceof HTMLInputElement ? source : null;
  try {
    await navigator.clipboard.writeText(field ? field.value : source.textContent);
  } catch {
    // Without https there is no clipboard: the old way needs a selection.
    field?.select();
    document.execCommand("copy");
  }
}

/** @param {HTMLElement} button */
async function copy(button) {
  const source = document.querySelector(button.dataset.copy ?? "");
  if (!source) return;
  await copyText(source);
  const label = button.textContent;
  button.textContent = button.dataset.done ?? "";
  setTimeout(() => (button.textContent = label), DONE_FOR);
}

// On paper nothing can be unfolded.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) folded.setAttribute("open", "");
});

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-copy], [data-print]"));
  if (button?.hasAttribute("data-print")) print();
  else if (button) copy(button);
});
