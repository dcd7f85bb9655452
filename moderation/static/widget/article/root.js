// Which element is the article, and which address names the page.
import { UNSEEN } from "./text.js";

// `main` is the article when it holds more than this many times the text of the longest `article`.
const MUCH_MORE = 2;
// So is the body when it holds more than this many times the text of both: they are teasers or comments.
const MOST = 4;
const MOST_CANDIDATES = 50;
const MOST_PARAGRAPHS = 5000;

/**
 * The article: what the site named, else the `article` with most text, `main`, or the body. A teaser is not the article.
 * @param {string | undefined} selector
 * @param {Document} page
 * @returns {Element}
 */
export function articleRoot(selector, page = document) {
  const named = selector && matching(selector, page);
  if (named) return named;
  const article = longest("article", page);
  const main = longest("main", page);
  const chosen = article && main && proseLength(main) > MUCH_MORE * proseLength(article) ? main : (article ?? main);
  return chosen && proseLength(page.body) <= MOST * proseLength(chosen) ? chosen : page.body;
}

/**
 * The first of the elements with most text in paragraphs.
 * @param {string} name
 * @param {Document} page
 * @returns {Element | undefined}
 */
function longest(name, page) {
  const candidates = [...page.querySelectorAll(name)].filter((node) => !node.matches(UNSEEN)).slice(0, MOST_CANDIDATES);
  if (candidates.length < 2) return candidates[0];
  const lengths = candidates.map(proseLength);
  return candidates[lengths.indexOf(Math.max(...lengths))];
}

/**
 * The length of an element's paragraphs. Text directly in a `div` or a table cell is a paragraph too.
 * @param {Element} node
 */
function proseLength(node) {
  let length = 0;
  for (const part of [...node.querySelectorAll("p,div,td")].slice(0, MOST_PARAGRAPHS)) {
    if (part.tagName === "P") length += part.textContent.length;
    else for (const { nodeType, nodeValue } of part.childNodes) length += nodeType === Node.TEXT_NODE ? (nodeValue ?? "").trim().length : 0;
  }
  return length;
}

/**
 * @param {string} selector
 * @param {Document} page
 */
function matching(selector, page) {
  try {
    return page.querySelector(selector);
  } catch {
    return null; // not a selector: as if the site had named none
  }
}

/**
 * The page's address, as reports name it.
 * @param {Document} page
 */
export function pageUrl(page = document) {
  const link = /** @type {HTMLLinkElement | null} */ (page.querySelector('link[rel~="canonical"]'));
  return link?.href || (page.location.protocol.startsWith("http") ? page.location.href : location.href);
}
