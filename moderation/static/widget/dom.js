// Making elements, in a shadow root of our own.

/** An element with properties and children; strings become text, never markup. */
export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** A shadow root outside the page's body, with a style that a strict CSP allows. */
export function host(name, css) {
  const node = document.createElement(name);
  node.setAttribute("data-corrigenda-ignore", "");
  const root = node.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  document.documentElement.append(node);
  return root;
}

/** Tells the page what happened. */
export function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`corrigenda:${name}`, { detail }));
}
