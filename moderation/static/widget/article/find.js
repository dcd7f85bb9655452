// From a quote back to its span in the page text. Pure.

/** @typedef {import("../api.d.ts").Quote} Quote */

/**
 * A text without what does not matter when passages are compared.
 * @param {string} text
 */
function folded(text) {
  return text.toLowerCase().replace(/ё/g, "е").replace(/[«»„“”]/g, '"').replace(/[‘’]/g, "'").replace(/[‐-―−]/g, "-");
}

/**
 * Where a quote stands in the text: the span whose surroundings agree best; null when it is not there.
 * @param {string[]} points
 * @param {Quote} quote
 * @returns {[number, number] | null}
 */
export function find(points, quote) {
  const text = folded(points.join(""));
  const exact = folded(quote.exact);
  const prefix = folded(quote.prefix ?? "");
  const suffix = folded(quote.suffix ?? "");
  let best = -1;
  let highest = -1;
  for (let at = text.indexOf(exact); exact && at >= 0; at = text.indexOf(exact, at + 1)) {
    const score = agreeingBefore(text.slice(0, at), prefix) + agreeingAfter(text.slice(at + exact.length), suffix);
    if (score > highest) [best, highest] = [at, score];
  }
  if (best < 0) return null;
  const start = Array.from(text.slice(0, best)).length;
  return [start, start + Array.from(exact).length];
}

/**
 * @param {string} text
 * @param {string} suffix
 */
function agreeingAfter(text, suffix) {
  let count = 0;
  while (count < suffix.length && text[count] === suffix[count]) count++;
  return count;
}

/**
 * @param {string} text
 * @param {string} prefix
 */
function agreeingBefore(text, prefix) {
  let count = 0;
  while (count < prefix.length && text.at(-1 - count) === prefix.at(-1 - count)) count++;
  return count;
}
