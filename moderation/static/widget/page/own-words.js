// The widget's own files of words.

/** The languages that the widget brings: each has files words.LANGUAGE.json and reports.LANGUAGE.json beside dialog.js. */
const LANGUAGES = ["en", "ru"];

/**
 * Load one of the files; English for a language that the widget does not have.
 * @param {"words" | "reports"} name
 * @param {string} wanted
 */
export async function ownWords(name, wanted) {
  const language = LANGUAGES.find((known) => known === wanted.toLowerCase().split("-")[0]) ?? "en";
  return (await fetch(new URL(`./${name}.${language}.json`, import.meta.url), { credentials: "omit" })).json();
}
