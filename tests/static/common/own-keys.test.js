import assert from "node:assert/strict";
import { test } from "node:test";
import { ownKeys } from "../../../moderation/static/common/own-keys.js";

test("a Mac has ⌘ in the place of Ctrl, and every other machine has Ctrl", () => {
  assert.equal(ownKeys("press Ctrl+Enter", "MacIntel"), "press ⌘+Enter");
  assert.equal(ownKeys("press Ctrl+Enter", "Linux x86_64"), "press Ctrl+Enter");
});
