// Copying and printing.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-print]");
  if (!button) return;
  if (button.hasAttribute("data-print")) return print();
  const field = document.querySelector(button.dataset.copy);
  const text = field.value ?? field.textContent;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard to write to: the old way needs a selection.
    field.select?.();
    document.execCommand("copy");
  }
  const was = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = was), 2000);
});
