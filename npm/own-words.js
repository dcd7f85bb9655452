// The widget's own files of words, as modules that a bundler finds.

/** @type {Record<"words" | "reports", Record<string, () => Promise<{ default: any }>>>} */
const FILES = {
  words: {
    en: () => import("../moderation/static/widget/words.en.json"),
    ru: () => import("../moderation/static/widget/words.ru.json"),
  },
  reports: {
    en: () => import("../moderation/static/widget/reports.en.json"),
    ru: () => import("../moderation/static/widget/reports.ru.json"),
  },
};

/**
 * Load one of the files; English for a language that the widget does not have.
 * @param {"words" | "reports"} name
 * @param {string} wanted
 */
export async function ownWords(name, wanted) {
  const files = FILES[name];
  return (await (files[wanted.toLowerCase().split("-")[0]] ?? files.en)()).default;
}
