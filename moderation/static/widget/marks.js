// The passages that this reader has reported, marked on the page. Only where the site asks for it (data-mark).
import { find } from "./article/find.js";
import { articleRoot, pageUrl } from "./article/root.js";
import { rangeOf, readText } from "./article/text.js";
import { readSent } from "./service/sent.js";
import sheet from "./look/highlight.css" with { type: "css" };

/** @typedef {import("./api.d.ts").Quote} Quote */

/**
 * Mark them. Some might stand outside the article, some no longer on the page.
 * @param {{ root?: string }} options
 */
export function show(options) {
  const url = pageUrl();
  const quotes = readSent().filter((entry) => entry.url === url).map((entry) => entry.quote);
  if (!quotes.length || !globalThis.Highlight) return;
  const article = readText(articleRoot(options.root), null);
  const inArticle = quotes.map((quote) => rangesIn(article, quote));
  const elsewhere = inArticle.some((ranges) => !ranges.length) ? readText(document.body, null) : article;
  const ranges = quotes.flatMap((quote, at) => (inArticle[at].length ? inArticle[at] : rangesIn(elsewhere, quote)));
  CSS.highlights.set("corrigenda", new Highlight(...ranges));
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
}

/**
 * @param {import("./article/text-builder.js").TextBuilder} text
 * @param {Quote} quote
 */
function rangesIn(text, quote) {
  const span = find(text.points, quote);
  return span ? [rangeOf(text, ...span)] : [];
}
