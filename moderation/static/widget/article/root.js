// Which element is the article, and which address names the page.
import { UNSEEN } from "./text.js";

// `main` is the article when it holds more than this many times the text of the longest `article`.
const MUCH_MORE = 2;
const MOST_CANDIDATES = 50;

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
  if (article && main) return proseLength(main) > MUCH_MORE * proseLength(article) ? main : article;
  return article ?? main ?? page.body;
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

/** @param {Element} node */
function proseLength(node) {
  let length = 0;
  for (const paragraph of node.querySelectorAll("p")) length += paragraph.textContent.length;
  return length;
}

/**
 * The element to read for a selection outside the article: the nearest one like an article, else the body.
 * @param {Range} range
 * @param {Document} page
 * @returns {Element}
 */
export function rootAround(range, page) {
  for (let element = elementOf(range.commonAncestorContainer); element; element = hostOf(element)) {
    const root = element.closest("article,main");
    if (root) return root.closest(UNSEEN) ? page.body : root;
  }
  return page.body;
}

/**
 * @param {Node} node
 * @returns {Element | null}
 */
function elementOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? /** @type {Element} */ (node) : node.parentElement;
}

/**
 * @param {Element} element
 * @returns {Element | null}
 */
function hostOf(element) {
  return /** @type {Partial<ShadowRoot>} */ (element.getRootNode()).host ?? null;
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
