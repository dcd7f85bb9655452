// The script a page carries. It only listens; everything else is imported on the first use.
(() => {
  const script = document.currentScript;
  const modules = new URL("widget/", script.src);
  const options = {
    siteKey: script.dataset.siteKey,
    root: script.dataset.root,
    lang: script.dataset.lang,
    hotkey: script.dataset.hotkey ?? "Ctrl+Enter",
    button: script.dataset.button ?? "fixed",
    endpoint: new URL("api/v1/reports", script.src).href,
  };
  const hotkey = options.hotkey.toLowerCase().split("+");
  const key = hotkey.pop();

  const open = async () => {
    const selection = getSelection();
    // Taken now: the import below may outlive the selection.
    const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    (await import(new URL("dialog.js", modules))).open(options, range);
  };

  const pressed = (event) =>
    event.key?.toLowerCase() === key &&
    hotkey.every((name) => (name === "ctrl" ? event.ctrlKey || event.metaKey : event[`${name}Key`]));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || !pressed(event)) return;
    if (getSelection().isCollapsed) return; // the page's own Ctrl+Enter, in a form say, stays its own
    event.preventDefault();
    open();
  });

  const opener = (event) =>
    event.target.closest?.(
      "[data-corrigenda-open]" + (/^(fixed|off)$/.test(options.button) ? "" : `, ${options.button}`),
    );
  // Pressing a button must not undo the selection that it is about.
  document.addEventListener("pointerdown", (event) => opener(event) && event.preventDefault());
  document.addEventListener("mousedown", (event) => opener(event) && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!opener(event)) return;
    event.preventDefault();
    open();
  });

  if (options.button === "fixed") {
    const show = async () => (await import(new URL("button.js", modules))).show(options, open);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
    else show();
  }
})();
