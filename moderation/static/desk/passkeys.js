// Passkeys: the forms that make one and that sign in with one. Without support in the browser they stay hidden.

/**
 * The browser's answer to the server's options, as JSON.
 * @param {string | undefined} what
 * @param {any} options
 * @returns {Promise<string>}
 */
async function ask(what, options) {
  const credential =
    what === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential);
}

/** @param {HTMLFormElement} form */
async function answerOptions(form) {
  const lost = form.dataset.lost ?? "";
  try {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const response = await fetch(form.dataset.options ?? "", {
      method: "POST", body, headers: { Accept: "application/json" },
    });
    const options = await response.json();
    if (!response.ok) return { error: options.detail ?? options.message ?? lost };
    return { credential: await ask(form.dataset.passkey, options) };
  } catch {
    return { error: lost }; // the person cancelled, or there is no connection
  }
}

/** @param {HTMLFormElement} form */
async function send(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(form.dataset.field ?? "credential"));
  const message = /** @type {HTMLElement} */ (form.querySelector("[role=alert]"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  button.disabled = true;
  message.hidden = true;
  const { credential, error } = await answerOptions(form);
  button.disabled = false;
  if (credential) {
    field.value = credential;
    form.submit();
  } else {
    message.textContent = error;
    message.hidden = false;
  }
}

const isSupported = "PublicKeyCredential" in window && "parseCreationOptionsFromJSON" in PublicKeyCredential;

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-passkey]"))) {
  form.hidden = !isSupported;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
