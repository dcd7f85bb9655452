// What the widget says, in the reader's language.

/** @typedef {typeof import("../words.en.json") & { dir?: string }} Words */

/** The languages that the widget brings: each has a file words.LANGUAGE.json beside dialog.js. */
const LANGUAGES = ["en", "ru"];

/**
 * Load the words in the language asked for, else the page's. The site's own file goes over them.
 * @param {{ lang?: string, words?: string }} options
 * @returns {Promise<Words>}
 */
export async function loadWords({ lang, words }) {
  const wanted = (lang || document.documentElement.lang || navigator.language).toLowerCase();
  const language = LANGUAGES.find((name) => name === wanted.split("-")[0]) ?? "en";
  const standard = await json(new URL(`./words.${language}.json`, import.meta.url));
  // A page whose CSP forbids the file, or that lost it, still has a dialog.
  return words ? { ...standard, ...(await json(new URL(words, location.href)).catch(() => ({}))) } : standard;
}

/** @param {URL} url */
async function json(url) {
  return (await fetch(url, { credentials: url.origin === location.origin ? "same-origin" : "omit" })).json();
}
