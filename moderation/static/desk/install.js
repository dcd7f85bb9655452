// The checklist of the Install page waits for the check of the page and for the test report.

const ASK_EVERY = 2000; // milliseconds between two looks at the results
const CHECK_AGAIN = 15_000; // milliseconds until the page is checked once more
const GIVE_UP = 20 * 60_000; // milliseconds

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-checklist]"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-check]"));
const started = Date.now();
let lastCheck = Date.now();

/** @param {HTMLElement} checklist */
async function lookAgain(checklist) {
  const response = await fetch(checklist.dataset.progress ?? "", { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const result of page.querySelectorAll("[data-result]")) {
    const place = document.querySelector(`[data-place="${/** @type {HTMLElement} */ (result).dataset.result}"]`);
    // Unchanged results stay, so that a screen reader does not read them again.
    if (place && place.textContent !== result.textContent) place.replaceChildren(...result.childNodes);
  }
  const state = /** @type {HTMLElement | null} */ (page.querySelector("[data-state]"));
  if (!state) return;
  const { waiting, works, tested, testing } = state.dataset;
  Object.assign(checklist.dataset, { waiting, works, tested, testing });
  for (const heading of checklist.querySelectorAll("[data-done-by]")) markStep(/** @type {HTMLElement} */ (heading), state.dataset);
}

/**
 * Mark a step as done in its place: a page that loads again would lose a click.
 * @param {HTMLElement} heading
 * @param {DOMStringMap} state
 */
function markStep(heading, state) {
  const [mark, words] = heading.querySelectorAll("span");
  if (!mark || !words || !state[heading.dataset.doneBy ?? ""]) return;
  mark.classList.add("done");
  mark.textContent = "✓";
  words.hidden = false;
}

/**
 * Have the page checked once more, if it was checked before and did not work.
 * @param {HTMLElement} checklist
 */
async function checkAgain(checklist) {
  if (!form || checklist.dataset.works || checklist.dataset.waiting || Date.now() - lastCheck < CHECK_AGAIN) return;
  if (!checklist.querySelector('[data-place="page"] .result-wrong')) return;
  lastCheck = Date.now();
  await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  checklist.dataset.waiting = "yes";
}

/** @param {HTMLElement} checklist */
async function watch(checklist) {
  if (Date.now() - started > GIVE_UP) return;
  try {
    if (!document.hidden) {
      const { waiting, testing } = checklist.dataset;
      if (waiting || testing) await lookAgain(checklist);
      await checkAgain(checklist);
    }
  } catch {
    // no connection: the next round tries again
  }
  setTimeout(() => watch(checklist), ASK_EVERY);
}

if (list) watch(list);
