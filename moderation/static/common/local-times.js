// Times as the reader's clock shows them; the tooltip keeps UTC.

const words = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
for (const found of document.querySelectorAll("time[data-moment]")) {
  const time = /** @type {HTMLTimeElement} */ (found);
  time.title = time.textContent ?? "";
  time.textContent = words.format(new Date(time.dateTime));
}
