import assert from "node:assert/strict";
import { test } from "node:test";
import { find } from "../../../../moderation/static/widget/article/find.js";
import { quoteOf, wholeWords } from "../../../../moderation/static/widget/article/quote.js";

const TEXT = "Старую набережную откроют для пешеходов. Новую набережную закроют.";
const points = Array.from(TEXT);

/** The span of the first occurrence of a piece of TEXT. */
const spanOf = (/** @type {string} */ piece) => {
  const start = TEXT.indexOf(piece);
  return /** @type {[number, number]} */ ([start, start + piece.length]);
};

const wordsAt = (/** @type {string} */ piece) => {
  const span = wholeWords(points, ...spanOf(piece));
  return span && points.slice(...span).join("");
};

test("a cut word is completed", () => {
  assert.equal(wordsAt("береж"), "набережную");
});

test("spaces at the edges of a selection do not count", () => {
  assert.equal(wordsAt(" откроют "), "откроют");
});

test("a selection of a space only has no words", () => {
  assert.equal(wholeWords(points, ...spanOf(" ")), null);
});

test("hyphens and apostrophes inside a word belong to it", () => {
  const joined = Array.from("it's well-known - or not");
  assert.deepEqual(wholeWords(joined, 6, 7), [5, 15]);
  assert.deepEqual(wholeWords(joined, 1, 2), [0, 4]);
});

test("in a script without spaces a selection does not grow", () => {
  const chinese = Array.from("市政府昨晚宣布旧码头将向行人开放");
  assert.deepEqual(wholeWords(chinese, 3, 5), [3, 5]);
});

test("a vowel sign stays on its letter", () => {
  const hindi = Array.from("पुराना घाट");
  assert.deepEqual(wholeWords(hindi, 0, 1), [0, 6]);
});

test("a quote has the passage and up to 64 characters on each side", () => {
  const passage = quoteOf(points, ...spanOf("откроют"));
  assert.ok("quote" in passage);
  assert.deepEqual(passage.quote, {
    exact: "откроют",
    prefix: "Старую набережную ",
    suffix: " для пешеходов. Новую набережную закроют.",
  });
  assert.deepEqual(passage.position, { start: 18, end: 25 });
});

test("positions count code points in Unicode's form C", () => {
  const decomposed = Array.from("cafe\u0301 noir");
  const passage = quoteOf(decomposed, 6, 10);
  assert.ok("quote" in passage);
  assert.deepEqual(passage.position, { start: 5, end: 9 });
  assert.equal(passage.quote.prefix, "café ");
});

test("more than a thousand characters are refused", () => {
  assert.deepEqual(quoteOf(Array.from("а".repeat(1001)), 0, 1001), { problem: "long" });
});

test("nothing selected is said to be empty", () => {
  assert.deepEqual(quoteOf(points, -1, -1), { problem: "empty" });
});

test("of two equal passages the one with the quoted surroundings is found", () => {
  const second = find(points, { exact: "набережную", prefix: "Новую ", suffix: " закроют" });
  assert.deepEqual(second, [47, 57]);
});

test("letter case, ё and the kind of quotation mark do not matter", () => {
  const text = Array.from("Он сказал: «Всё готово».");
  assert.deepEqual(find(text, { exact: '"все Готово"' }), [11, 23]);
});

test("a quote that is not there is not found", () => {
  assert.equal(find(points, { exact: "мост" }), null);
  assert.equal(find(points, { exact: "" }), null);
});
