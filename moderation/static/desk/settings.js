// Settings: a list of domains with add and remove, and errors while typing. The server has the rules.

const SETTLED = 400; // milliseconds without a change

/** @param {HTMLFormElement} form */
async function check(form) {
  const response = await fetch(form.dataset.check ?? "", { method: "POST", body: new FormData(form) });
  if (!response.ok) return;
  /** @type {Record<string, string>} */
  const errors = await response.json();
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-error]"))) {
    const name = place.dataset.error ?? "";
    const error = errors[name] ?? "";
    if (place.textContent !== error) place.textContent = error;
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      field.classList.toggle("is-invalid", error !== "");
      field.setAttribute("aria-invalid", String(error !== ""));
    }
  }
}

/** @param {HTMLFormElement} form */
function watch(form) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const state = form.querySelector("[data-state]");
  form.addEventListener("input", () => {
    if (state) state.textContent = form.dataset.unsaved ?? "";
    clearTimeout(timer);
    timer = setTimeout(() => check(form).catch(() => {}), SETTLED); // the server checks again when it saves
  });
}

/** @param {HTMLElement} list */
function editList(list) {
  const add = /** @type {HTMLButtonElement | null} */ (list.querySelector("[data-add]"));
  const lines = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".list-line")]);
  /** @param {HTMLElement} line */
  const addRemove = (line) => {
    const button = document.createElement("button");
    const input = /** @type {HTMLInputElement} */ (line.querySelector("input"));
    Object.assign(button, { type: "button", className: "quiet-button", textContent: list.dataset.remove ?? "" });
    button.setAttribute("aria-label", `${list.dataset.remove} ${input.value}`.trim());
    button.addEventListener("click", () => {
      const focused = lines()[Math.max(0, lines().indexOf(line) - 1)];
      if (lines().length > 1) line.remove();
      else input.value = "";
      list.closest("form")?.dispatchEvent(new Event("input")); // the input may be gone
      focused?.querySelector("input")?.focus();
    });
    line.append(button);
  };
  lines().forEach(addRemove);
  if (!add) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    const line = document.createElement("div");
    const last = /** @type {HTMLElement} */ (lines().at(-1));
    const input = /** @type {HTMLInputElement} */ (last.querySelector("input")?.cloneNode());
    input.value = "";
    line.className = "list-line";
    line.append(input);
    last.after(line);
    addRemove(line);
    input.focus();
  });
}

document.querySelectorAll("[data-list]").forEach((list) => editList(/** @type {HTMLElement} */ (list)));
document.querySelectorAll("form[data-settings]").forEach((form) => watch(/** @type {HTMLFormElement} */ (form)));
