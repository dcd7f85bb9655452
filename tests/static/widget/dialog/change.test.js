import assert from "node:assert/strict";
import { test } from "node:test";
import { change } from "../../../../moderation/static/widget/dialog/change.js";

test("only the words that differ are removed and inserted", () => {
  assert.deepEqual(change("он расказал всем", "он рассказал всем"), {
    before: "он ",
    removed: "расказал",
    inserted: "рассказал",
    after: " всем",
  });
});

test("an inserted word removes nothing", () => {
  const { removed, inserted } = change("to be not", "to be or not");
  assert.deepEqual([removed, inserted.trim()], ["", "or"]);
});

test("a doubled word that goes is removed once", () => {
  const { before, removed, after } = change("the the quay", "the quay");
  assert.equal(before + after, "the quay");
  assert.equal(removed.trim(), "the");
});

test("equal texts have no change", () => {
  assert.deepEqual(change("quay", "quay"), { before: "quay", removed: "", inserted: "", after: "" });
});

test("a correction of nothing removes all", () => {
  assert.deepEqual(change("quay", ""), { before: "", removed: "quay", inserted: "", after: "" });
});
