import assert from "node:assert/strict";
import { test } from "node:test";
import { CUT_FIRST, CUT_LAST, context, inBlock } from "../../../../moderation/static/widget/dialog/preview.js";

test("a context begins and ends at words, with an ellipsis", () => {
  const words = "слово ".repeat(10);
  assert.equal(context(`ость ${words}конец`, CUT_FIRST), `…${words}конец`);
  assert.equal(context(`начало ${words}сло`, CUT_LAST), `начало ${words.trim()}…`);
});

test("a context without spaces has its ellipsis too", () => {
  assert.equal(context("字".repeat(64), CUT_FIRST), `…${"字".repeat(64)}`);
  assert.equal(context("字".repeat(64), CUT_LAST), `${"字".repeat(64)}…`);
});

test("nothing is cut where the article begins and ends", () => {
  assert.equal(context("", CUT_FIRST), "");
  assert.equal(context("Старую ", CUT_FIRST), "Старую ");
  assert.equal(context(" откроют.", CUT_LAST), " откроют.");
});

test("a reader sees no words of the caption above and the heading below", () => {
  const text = "Рисунок редакции О сроках расказал Савин. Что изменится";
  const from = text.indexOf("расказал");
  const to = from + "расказал".length;
  const edges = [0, text.indexOf(" О сроках"), text.indexOf(" Что")];
  const quote = { exact: "расказал", prefix: text.slice(0, from), suffix: text.slice(to) };
  assert.deepEqual(inBlock(quote, [from, to], edges), { exact: "расказал", prefix: "О сроках ", suffix: " Савин." });
  assert.deepEqual(inBlock(quote, [from, to], []), quote);
});

test("a passage that fills its block has no context", () => {
  const quote = { exact: "Заголовок", prefix: "Выше ", suffix: " Ниже" };
  assert.deepEqual(inBlock(quote, [5, 14], [0, 4, 14]), { exact: "Заголовок", prefix: "", suffix: "" });
});
