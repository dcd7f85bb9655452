// The passages that this reader has reported, marked on the page. Only where the site asks for it (data-mark).
import { find } from "./quote.js";
import { articleRoot, pageUrl, rangeOf, readText } from "./text.js";

const NAME = "corrigenda-sent";
const MOST = 100;
const KEPT = 90 * 24 * 3600 * 1000;
const STYLE = "::highlight(corrigenda) { text-decoration: underline dotted 2px; text-underline-offset: 4px; }";

let styled = false;

function read() {
  try {
    return JSON.parse(localStorage[NAME] ?? "[]").filter((entry) => entry.since > Date.now() - KEPT);
  } catch {
    return [];
  }
}

/** Remembers a report's passage and marks it. */
export function remember(options, { url, quote }) {
  try {
    localStorage[NAME] = JSON.stringify([...read(), { url, quote, since: Date.now() }].slice(-MOST));
  } catch {
    return;
  }
  show(options);
}

/** The quotes that this reader reported on the page. */
export function reported(url) {
  return read().filter((entry) => entry.url === url).map((entry) => entry.quote);
}

/** Marks them. A page that changed may hold some of them no more. */
export function show(options) {
  const quotes = reported(pageUrl());
  if (!quotes.length || !globalThis.Highlight) return;
  const text = readText(articleRoot(options.root), null);
  const spans = quotes.map((quote) => find(text.points, quote)).filter(Boolean);
  CSS.highlights.set("corrigenda", new Highlight(...spans.map(([start, end]) => rangeOf(text, start, end))));
  if (styled) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets.push(sheet);
}
