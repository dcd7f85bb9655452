// The report that a filled-in form makes. Pure.

const LONGEST_TITLE = 500;
const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;

/**
 * Compose a report. A passage left as it was is no correction.
 * @param {Pick<import("./selection.js").Selected, "quote" | "position">} selected
 * @param {{ url: string, title: string, lang: string }} page
 * @param {import("./drafts.js").Entry} entry
 * @returns {import("../api.d.ts").Draft}
 */
export function composeReport({ quote, position }, { url, title, lang }, entry) {
  const correction = entry.correction.trim();
  const comment = entry.comment.trim();
  return {
    url,
    quote,
    ...(position && { position }),
    ...(correction !== quote.exact && { correction }),
    ...(comment && { comment }),
    ...(entry.kind && { kind: /** @type {import("../api.d.ts").Kind} */ (entry.kind) }),
    ...(title && { title: Array.from(title).slice(0, LONGEST_TITLE).join("") }),
    ...(LANGUAGE.test(lang) && { lang }),
  };
}
