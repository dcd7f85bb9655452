// Light, dark, or as the system says. A classic script in the head, so that no page flashes.
(() => {
  const KEY = "corrigenda-theme";
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const bySystem = () => (dark.matches ? "dark" : "light");
  const show = () => {
    const chosen = localStorage.getItem(KEY);
    document.documentElement.dataset.bsTheme = chosen ?? bySystem();
    for (const button of document.querySelectorAll("[data-theme-choice]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-theme-choice") === (chosen ?? "system")));
    }
  };
  /** @param {string} theme */
  const choose = (theme) => {
    if (theme === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
    show();
  };
  // Style sheets know before the first paint that scripts run: nothing moves when they have loaded.
  document.documentElement.classList.add("has-scripts");
  show();
  dark.addEventListener("change", show);
  addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const choice = target.closest?.("[data-theme-choice]")?.getAttribute("data-theme-choice");
    if (choice) choose(choice);
    else if (target.closest?.("[data-theme-switch]")) {
      const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
      choose(next === bySystem() ? "system" : next);
    }
  });
})();
