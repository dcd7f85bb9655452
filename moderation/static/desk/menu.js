// The menu in the head of the desk, and filters that apply when they change.

document.addEventListener("click", ({ target }) => {
  const clicked = /** @type {Element} */ (target);
  for (const menu of document.querySelectorAll("details[data-menu][open], details.more-filters[open]")) {
    if (!menu.contains(clicked)) menu.removeAttribute("open");
  }
  if (clicked.closest("[data-show-keys]")) {
    /** @type {HTMLDialogElement | null} */ (document.querySelector("#keys"))?.showModal();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open], details.more-filters[open]")) {
    menu.removeAttribute("open");
    event.preventDefault(); // the key has no other meaning then
  }
});

// On a narrow screen the row of tabs scrolls: the current one is in sight.
const currentTab = /** @type {HTMLElement | null} */ (document.querySelector(".tabs [aria-current]"));
const tabs = currentTab?.closest(".tabs");
if (currentTab && tabs) tabs.scrollLeft = currentTab.offsetLeft - (tabs.clientWidth - currentTab.offsetWidth) / 2;

document.addEventListener("change", ({ target }) => {
  const field = /** @type {Element} */ (target);
  const form = /** @type {HTMLFormElement | null} */ (field.closest("form[data-filters]"));
  if (form && field.matches("select, input[list]")) form.requestSubmit();
});
