import assert from "node:assert/strict";
import { test } from "node:test";
import { toJson } from "../../../../moderation/static/widget/service/json.js";

test("strings, numbers, null and plain objects are JSON", () => {
  const value = { url: "https://news.example/a", quote: { exact: 'a "b"\n\\', prefix: "" }, start: 3, kind: null, ok: true };
  assert.deepEqual(JSON.parse(toJson(value)), value);
});

test("a toJSON that a library put on every string changes nothing", () => {
  const prototype = /** @type {{ toJSON?: () => string }} */ (/** @type {unknown} */ (String.prototype));
  prototype.toJSON = () => "changed";
  try {
    assert.equal(toJson("text"), '"text"');
  } finally {
    delete prototype.toJSON;
  }
});

test("half a surrogate pair is escaped", () => {
  assert.equal(toJson("a\ud83d"), '"a\\ud83d"');
  assert.equal(toJson("😀"), '"😀"');
});
