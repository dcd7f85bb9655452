// Times as the reader's clock shows them; the tooltip keeps UTC.

/** @param {ParentNode} root */
function showLocal(root) {
  const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  for (const time of root.querySelectorAll("time[data-moment]")) {
    const { dateTime, textContent } = /** @type {HTMLTimeElement} */ (time);
    /** @type {HTMLElement} */ (time).title = textContent ?? "";
    time.textContent = words.format(new Date(dateTime));
  }
}

showLocal(document);
