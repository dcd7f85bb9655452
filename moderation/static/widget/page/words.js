// What the widget says, in the reader's language.
import { ownWords } from "./own-words.js";

/** @typedef {typeof import("../words.en.json") & { dir?: string }} Words */

/**
 * Load the words in the language asked for, else the page's. The site's own file goes over them.
 * @param {{ lang?: string, words?: string }} options
 * @returns {Promise<Words>}
 */
export async function loadWords({ lang, words }) {
  const standard = await ownWords("words", lang || document.documentElement.lang || navigator.language);
  // A page whose CSP forbids the file, or that lost it, still has a dialog.
  return words ? { ...standard, ...(await json(new URL(words, location.href)).catch(() => ({}))) } : standard;
}

/** @param {URL} url */
async function json(url) {
  return (await fetch(url, { credentials: url.origin === location.origin ? "same-origin" : "omit" })).json();
}
