// From a span of the page's text to a quote: trimmed, whole words, with its surroundings.

const CONTEXT = 64;
const LONGEST = 1000;
const WORD = /[\p{L}\p{N}\p{M}]/u;
const JOIN = /[-‐‑'’]/;

const isWord = (points, at) =>
  at >= 0 && at < points.length &&
  (WORD.test(points[at]) || (JOIN.test(points[at]) && WORD.test(points[at - 1] ?? "") && WORD.test(points[at + 1] ?? "")));

/** The span without spaces at its edges, its cut words completed. */
export function wholeWords(points, start, end) {
  while (start < end && points[start] === " ") start++;
  while (end > start && points[end - 1] === " ") end--;
  if (start === end) return null;
  while (isWord(points, start - 1) && isWord(points, start)) start--;
  while (isWord(points, end - 1) && isWord(points, end)) end++;
  return [start, end];
}

/** {quote, position, span} of the span, or {problem: "empty" | "long"}. Positions count code points. */
export function quoteOf(points, start, end) {
  const span = start < 0 ? null : wholeWords(points, start, end);
  if (!span) return { problem: "empty" };
  [start, end] = span;
  if (end - start > LONGEST) return { problem: "long" };
  const piece = (from, to) => points.slice(Math.max(0, from), to).join("").normalize("NFC");
  const exact = piece(start, end);
  // Counted as the service counts: in Unicode's form C, where é is one.
  const before = Array.from(piece(0, start)).length;
  return {
    quote: { exact, prefix: piece(start - CONTEXT, start), suffix: piece(end, end + CONTEXT) },
    position: { start: before, end: before + Array.from(exact).length },
    span,
  };
}

const alike = (text) =>
  text.toLowerCase().replace(/ё/g, "е").replace(/[«»„“”]/g, '"').replace(/[‘’]/g, "'").replace(/[‐-―−]/g, "-");

/** Where a quote stands in the text: the place whose surroundings agree best. null when it is not there. */
export function find(points, quote) {
  const text = alike(points.join(""));
  const exact = alike(quote.exact);
  let best = null;
  for (let at = text.indexOf(exact); exact && at >= 0; at = text.indexOf(exact, at + 1)) {
    const score =
      common(text.slice(0, at), alike(quote.prefix ?? ""), -1) + common(text.slice(at + exact.length), alike(quote.suffix ?? ""), 1);
    if (!best || score > best.score) best = { at, score };
  }
  if (!best) return null;
  const start = Array.from(text.slice(0, best.at)).length;
  return [start, start + Array.from(exact).length];
}

function common(text, piece, step) {
  let count = 0;
  while (count < piece.length && text.at(step < 0 ? -1 - count : count) === piece.at(step < 0 ? -1 - count : count)) count++;
  return count;
}

/** The smallest change of whole words from one text to the other: [same, gone, come, same]. */
export function change(from, to) {
  const a = from.match(/\s+|[^\s]+/g) ?? [];
  const b = to.match(/\s+|[^\s]+/g) ?? [];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const cut = (words, start, end) => words.slice(start, end).join("");
  return [cut(a, 0, head), cut(a, head, a.length - tail), cut(b, head, b.length - tail), cut(a, a.length - tail)];
}
