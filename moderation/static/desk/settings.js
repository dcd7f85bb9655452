// Settings: lists with add and remove, errors while typing, and a bar for unsaved changes. The server has the rules.

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
    for (const field of form.querySelectorAll(`input[name="${name}"], textarea[name="${name}"], select[id="${name}"]`)) {
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
  const checkSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => check(form).catch(() => {}), SETTLED); // the server checks again when it saves
  };
  /** @param {boolean} isChanged */
  const show = (isChanged) => {
    form.classList.toggle("is-changed", isChanged);
    if (state) state.textContent = isChanged ? (form.dataset.unsaved ?? "") : "";
    checkSoon();
  };
  form.addEventListener("input", () => show(true));
  form.addEventListener("reset", () => show(false));
}

/** @param {string} text @param {string} label @param {() => void} act */
function lineButton(text, label, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet-button", textContent: text });
  button.setAttribute("aria-label", label.trim());
  button.addEventListener("click", act);
  return button;
}

/** @param {HTMLElement} line */
function empty(line) {
  for (const input of line.querySelectorAll("input")) input.value = "";
  for (const select of line.querySelectorAll("select")) select.selectedIndex = 0;
}

/**
 * Bring the lines back that were there before, when the form is reset.
 * @param {HTMLElement} list
 * @param {() => HTMLElement[]} lines
 * @param {(line: HTMLElement) => void} addButtons
 */
function restoreOnReset(list, lines, addButtons) {
  /** @param {HTMLElement[]} some */
  const copy = (some) => some.map((line) => /** @type {HTMLElement} */ (line.cloneNode(true)));
  const stored = copy(lines());
  list.closest("form")?.addEventListener("reset", () => {
    const [first, ...others] = lines();
    const again = copy(stored);
    others.forEach((line) => line.remove());
    first?.replaceWith(...again);
    again.forEach(addButtons);
  });
}

/** @param {HTMLElement} list */
function editList(list) {
  const add = /** @type {HTMLButtonElement | null} */ (list.querySelector("[data-add]"));
  const lines = () => /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".list-line")]);
  const changed = () => list.closest("form")?.dispatchEvent(new Event("input")); // the input may be gone
  /** @param {HTMLElement} line */
  const addButtons = (line) => {
    const { remove = "", up = "" } = list.dataset;
    const value = line.querySelector("input")?.value ?? "";
    if ("ordered" in list.dataset) {
      const raise = lineButton("↑", `${up} ${value}`, () => {
        line.previousElementSibling?.matches(".list-line") && line.previousElementSibling.before(line);
        raise.focus();
        changed();
      });
      line.append(raise);
    }
    const drop = lineButton(remove, `${remove} ${value}`, () => {
      const focused = lines()[Math.max(0, lines().indexOf(line) - 1)];
      if (lines().length > 1) line.remove();
      else empty(line);
      changed();
      focused?.querySelector("input")?.focus();
    });
    line.append(drop);
  };
  restoreOnReset(list, lines, addButtons);
  lines().forEach(addButtons);
  if (!add) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    const last = /** @type {HTMLElement} */ (lines().at(-1));
    const line = /** @type {HTMLElement} */ (last.cloneNode(true));
    line.querySelectorAll("button").forEach((button) => button.remove());
    empty(line);
    last.after(line);
    addButtons(line);
    line.querySelector("input")?.focus();
  });
}

document.querySelectorAll("[data-list]").forEach((list) => editList(/** @type {HTMLElement} */ (list)));
document.querySelectorAll("form[data-settings]").forEach((form) => watch(/** @type {HTMLFormElement} */ (form)));
