import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsOf } from "../../../moderation/static/desk/found.js";

const found = (/** @type {string} */ query, /** @type {string} */ text) => text.match(wordsOf(query) ?? /(?!)/g) ?? [];

test("every form of a word is found, from its beginning to its end", () => {
  assert.deepEqual(found("падежами", "Падеж и падежей, но не распадеж"), ["Падеж", "падежей"]);
});

test("ё and е are one letter, and a short word is found whole", () => {
  assert.deepEqual(found("мёд", "мед, мёд, медь"), ["мед", "мёд"]);
});

test("excluded words and operators are not marked", () => {
  assert.deepEqual(found('"the harbour" OR clock -tower -"old town"', "The harbour clock, a tower or old town"), ["The", "harbour", "clock"]);
  assert.equal(wordsOf("-tower"), null);
});
