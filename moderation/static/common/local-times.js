// Times as the reader's clock shows them; the tooltip keeps UTC.

const lang = document.documentElement.lang;
const moment = new Intl.DateTimeFormat(lang, { dateStyle: "long", timeStyle: "short" });
const day = new Intl.DateTimeFormat(lang, { dateStyle: "long" });
const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short" });

for (const time of timesIn(document, "[data-moment]")) {
  time.title = time.textContent ?? "";
  time.textContent = moment.format(new Date(time.dateTime));
}
for (const time of timesIn(document, "[data-clock]")) time.textContent = clock.format(new Date(time.dateTime));
document.querySelectorAll("[data-days]").forEach(groupByDay);

/**
 * @param {ParentNode} parent
 * @param {string} which
 */
function timesIn(parent, which) {
  return /** @type {NodeListOf<HTMLTimeElement>} */ (parent.querySelectorAll(`time${which}`));
}

/**
 * Group the entries of a log by the days of the reader's clock: the service grouped them by those of UTC.
 * @param {Element} log
 */
function groupByDay(log) {
  const [heading, list] = log.children;
  const entries = [...log.querySelectorAll("li")];
  log.replaceChildren();
  for (const entry of entries) {
    const [time] = timesIn(entry, "[data-clock]");
    if (!time || !heading || !list) continue;
    const name = day.format(new Date(time.dateTime));
    if (log.lastElementChild?.previousElementSibling?.textContent !== name) {
      const title = heading.cloneNode();
      title.textContent = name;
      log.append(title, list.cloneNode());
    }
    log.lastElementChild?.append(entry);
  }
}
