import assert from "node:assert/strict";
import { test } from "node:test";
import { CUT_FIRST, CUT_LAST, context } from "../../../../moderation/static/widget/dialog/preview.js";

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
