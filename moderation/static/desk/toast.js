// Short messages, with the way back where there is one.
const SECONDS = 15;
const shown = document.querySelector("[data-toasts]");

export function toast(message, undo) {
  const line = document.createElement("div");
  line.className = "toast-line";
  const text = document.createElement("span");
  text.textContent = message;
  line.append(text);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-plain";
    button.textContent = shown.dataset.undo;
    button.addEventListener("click", undo);
    line.append(button);
  }
  shown.replaceChildren(line);
  // The message goes; the way back stays under its key.
  setTimeout(() => line.remove(), SECONDS * 1000);
  return line;
}
