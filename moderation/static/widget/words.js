// What the widget says, in the reader's language.

/** The words in the language asked for, else the page's; the site's own file where it names one. */
export async function wordsFor({ lang, words }) {
  const wanted = (lang || document.documentElement.lang || navigator.language || "en").toLowerCase();
  const own = (await (wanted.startsWith("ru") ? import("./words.ru.js") : import("./words.en.js"))).default;
  if (!words) return own;
  try {
    return { ...own, ...(await (await fetch(new URL(words, location.href))).json()) };
  } catch {
    return own;
  }
}
