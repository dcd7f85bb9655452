import assert from "node:assert/strict";
import { test } from "node:test";
import { iconWith } from "../../../moderation/static/desk/icon.js";

const textIn = (/** @type {number} */ number) => /<text[^>]*>([^<]*)</.exec(decodeURIComponent(iconWith(number)))?.[1];

test("the icon says how many cases are open, as far as there is room", () => {
  assert.deepEqual([1, 42, 99, 100, 1000].map(textIn), ["1", "42", "99", "99+", "99+"]);
});
