// What the widget says, in the reader's language.

/** @typedef {typeof import("../words.en.json") & { dir?: string }} Words */

/** The languages that the widget brings: each has files words.LANGUAGE.json and reports.LANGUAGE.json beside dialog.js. */
const LANGUAGES = ["en", "ru"];

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

/**
 * Load one of the widget's own files of words; English for a language that it does not have.
 * @param {"words" | "reports"} name
 * @param {string} wanted
 */
export function ownWords(name, wanted) {
  const language = LANGUAGES.find((known) => known === wanted.toLowerCase().split("-")[0]) ?? "en";
  return json(new URL(`./${name}.${language}.json`, import.meta.url));
}

/** @param {URL} url */
async function json(url) {
  return (await fetch(url, { credentials: url.origin === location.origin ? "same-origin" : "omit" })).json();
}
