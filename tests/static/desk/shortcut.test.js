import assert from "node:assert/strict";
import { test } from "node:test";
import { shortcutOf } from "../../../moderation/static/desk/shortcut.js";

const press = (/** @type {string} */ key, /** @type {string} */ code, shiftKey = false) => shortcutOf({ key, code, shiftKey });

test("a Latin letter is itself, wherever it stands on the keyboard", () => {
  assert.equal(press("a", "KeyA"), "a");
  assert.equal(press("a", "KeyQ"), "a");
});

test("a Russian letter is the Latin one printed on the same key", () => {
  assert.deepEqual(["о", "ф", "к"].map((key, at) => press(key, ["KeyJ", "KeyA", "KeyR"][at])), ["j", "a", "r"]);
});

test("the key of slash and question mark is both in a Russian layout", () => {
  assert.equal(press(".", "Slash"), "/");
  assert.equal(press(",", "Slash", true), "?");
});

test("typed characters that shortcuts know stay as they are", () => {
  assert.equal(press("?", "Digit7", true), "?");
  assert.equal(press("Enter", "Enter"), "Enter");
});
