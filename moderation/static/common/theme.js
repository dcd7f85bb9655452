// Light, dark, or as the system says. A classic script in the head, so that no page flashes.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => localStorage.getItem("corrigenda-theme");
  const show = () => {
    document.documentElement.dataset.bsTheme = chosen() ?? (dark.matches ? "dark" : "light");
  };
  show();
  dark.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (!/** @type {Element} */ (event.target).closest?.("[data-theme-switch]")) return;
    const next = document.documentElement.dataset.bsTheme === "dark" ? "light" : "dark";
    // Back to what the system says anyway: follow it again.
    if (next === (dark.matches ? "dark" : "light")) localStorage.removeItem("corrigenda-theme");
    else localStorage.setItem("corrigenda-theme", next);
    show();
  });
})();
