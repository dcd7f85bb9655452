// An element of the widget on the page, with a shadow root.

/**
 * Add an element with a shadow root outside the page's body. A strict CSP allows its style sheets.
 * @param {string} name
 * @param {CSSStyleSheet[]} sheets
 * @returns {ShadowRoot}
 */
export function host(name, sheets) {
  const node = document.createElement(name);
  node.setAttribute("data-corrigenda-ignore", "");
  const shadow = node.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = sheets;
  document.documentElement.append(node);
  return shadow;
}
