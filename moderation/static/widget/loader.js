// The script a page carries. It only listens; everything else is imported on the first use.
(() => {
  const script = document.currentScript;
  const { siteKey, root, lang, words, scheme, mark, hotkey = "Ctrl+Enter", button = "off" } = script.dataset;
  const home = script.src.replace(/widget(\.js|\/\w+\/loader\.js)[^/]*$/, "");
  const options = { siteKey, root, lang, words, scheme, mark: mark != null, home };
  const load = (name) => import(`${home}widget/@HASH@/${name}.js`);

  const open = async (view = window) => {
    const selection = view.getSelection();
    // Taken now: the import below may outlive the selection.
    const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    try {
      (await load("dialog")).open(options, range, view);
    } catch {
      // No network, and nothing loaded yet to say it with: the page may.
      document.dispatchEvent(new CustomEvent("corrigenda:error", { detail: { problem: "offline" } }));
    }
  };

  const names = hotkey.toLowerCase().split("+");
  const key = names.pop();
  const pressed = (event) =>
    event.key?.toLowerCase() === key &&
    names.every((name) => (name === "ctrl" ? event.ctrlKey || event.metaKey : event[`${name}Key`]));

  const heard = new WeakSet();
  const listen = (view) => {
    if (heard.has(view.document)) return;
    heard.add(view.document);
    view.document.addEventListener("keydown", (event) => {
      const field = event.composedPath()[0];
      if (event.defaultPrevented || event.repeat || !pressed(event)) return;
      // The page's own Ctrl+Enter, in a form say, stays its own.
      if (view.getSelection().type !== "Range" || /^(INPUT|TEXTAREA)$/.test(field.tagName) || field.isContentEditable) return;
      event.preventDefault();
      open(view);
    });
  };
  listen(window);
  // A frame of the page's own origin takes the keys when it takes the focus.
  const enter = (frame) => {
    try {
      if (frame?.tagName === "IFRAME") listen(frame.contentWindow);
    } catch {
      // another origin's
    }
  };
  document.addEventListener("pointerover", (event) => enter(event.target));
  addEventListener("blur", () => setTimeout(() => enter(document.activeElement)));

  const openers = /^(fixed|off)$/.test(button) ? "[data-corrigenda-open]" : `[data-corrigenda-open],${button}`;
  const opener = (event) => event.target.closest?.(openers);
  // Pressing a button must not undo the selection that it is about.
  for (const name of ["pointerdown", "mousedown"])
    document.addEventListener(name, (event) => opener(event) && event.preventDefault());
  document.addEventListener("click", (event) => {
    if (!opener(event)) return;
    event.preventDefault();
    open();
  });

  const ready = () => {
    if (button === "fixed") load("button").then((module) => module.fixed(options, open));
    try {
      if (localStorage["corrigenda-unsent"]) load("unsent").then((module) => module.resume(options));
      if (options.mark && localStorage["corrigenda-sent"]) load("marks").then((module) => module.show(options));
    } catch {
      // storage is switched off
    }
  };
  if (document.body) ready();
  else document.addEventListener("DOMContentLoaded", ready);

  let timer;
  if (matchMedia("(pointer: coarse)").matches)
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(() => load("button").then((module) => module.beside(options, open)), 300);
    });
})();
