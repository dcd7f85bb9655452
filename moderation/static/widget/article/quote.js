// Quotes: from a span of the page text to a quote. Pure.

/**
 * @typedef {import("../api.d.ts").Quote} Quote
 * @typedef {{ quote: Required<Quote>, position: { start: number, end: number }, span: [number, number] }} Passage
 */

/** Points of context on each side: more where less would fit two places. */
const CONTEXTS = [64, 128];
const LONGEST_CONTEXT = 200;
const LONGEST = 1000;
const WORD = /[\p{L}\p{N}\p{M}]/u;
const JOIN = /[-‐‑'’׳״־·]/;
const MARK = /\p{M}/u;
// Scripts without spaces: a selection stays as narrow as the reader made it, as in moderation/domain/text/whole_words.py.
const WITHOUT_SPACES = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;

/**
 * @param {string[]} points
 * @param {number} at
 */
function isWord(points, at) {
  if (at < 0 || at >= points.length) return false;
  if (WORD.test(points[at])) return true;
  return JOIN.test(points[at]) && WORD.test(points[at - 1] ?? "") && WORD.test(points[at + 1] ?? "");
}

/**
 * Whether the border before a character is inside a word.
 * @param {string[]} points
 * @param {number} at
 */
function isInside(points, at) {
  if (!isWord(points, at - 1) || !isWord(points, at)) return false;
  return MARK.test(points[at]) || !(WITHOUT_SPACES.test(points[at - 1]) || WITHOUT_SPACES.test(points[at]));
}

/**
 * The span without spaces at its edges, and with its cut words completed; null when only spaces are in it.
 * @param {string[]} points
 * @param {number} start
 * @param {number} end
 * @returns {[number, number] | null}
 */
export function wholeWords(points, start, end) {
  while (start < end && points[start] === " ") start++;
  while (end > start && points[end - 1] === " ") end--;
  if (start === end) return null;
  while (isInside(points, start)) start--;
  while (isInside(points, end)) end++;
  return [start, end];
}

/**
 * The quote of a span. Positions count code points of the page text in Unicode's form C, as the service does.
 * @param {string[]} points
 * @param {number} start
 * @param {number} end
 * @param {object} [around]
 * @param {number} [around.first] where the part of the text begins that the context is taken from
 * @param {(text: string) => boolean} [around.isUnique] whether the page shows a text only once
 * @returns {Passage | { problem: "empty" | "long" }}
 */
export function quoteOf(points, start, end, { first = 0, isUnique = () => true } = {}) {
  const span = start < 0 ? null : wholeWords(points, start, end);
  if (!span) return { problem: "empty" };
  const [from, to] = span;
  if (to - from > LONGEST) return { problem: "long" };
  /** @type {(from: number, to?: number) => string} */
  const piece = (...edges) => points.slice(...edges).join("").normalize("NFC");
  const before = (/** @type {number} */ length) => Math.max(first, from - length);
  // Half of a context must tell the passage from equal ones: an edit beside it may change the rest.
  const length = CONTEXTS.find((most) => isUnique(piece(before(most / 2), to + most / 2))) ?? LONGEST_CONTEXT;
  const exact = piece(from, to);
  const position = Array.from(piece(0, from)).length;
  return {
    quote: { exact, prefix: piece(before(length), from), suffix: piece(to, to + length) },
    position: { start: position, end: position + Array.from(exact).length },
    span,
  };
}
