// The API reference: Swagger UI on the instance's own OpenAPI document.

/** @typedef {{ url: string, domNode: Element, [option: string]: unknown }} Settings */

const reference = /** @type {HTMLElement} */ (document.getElementById("reference"));
const { SwaggerUIBundle } = /** @type {{ SwaggerUIBundle?: (settings: Settings) => void }} */ (
  /** @type {unknown} */ (globalThis)
);
SwaggerUIBundle?.({
  url: reference.dataset.document ?? "",
  domNode: reference,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  // The bundle would ask a server of its makers.
  validatorUrl: null,
});

// Swagger UI has a dark look of its own.
const page = document.documentElement;
const follow = () => page.classList.toggle("dark-mode", page.dataset.bsTheme === "dark");
new MutationObserver(follow).observe(page, { attributeFilter: ["data-bs-theme"] });
follow();
