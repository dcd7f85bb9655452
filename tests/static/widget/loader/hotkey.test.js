import assert from "node:assert/strict";
import { test } from "node:test";
import { isPressed, parseHotkey } from "../../../../moderation/static/widget/loader/hotkey.js";

const up = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const ctrlEnter = parseHotkey("Ctrl+Enter");

test("Ctrl+Enter is Cmd+Enter too", () => {
  assert.ok(isPressed(ctrlEnter, { ...up, key: "Enter", code: "Enter", ctrlKey: true }));
  assert.ok(isPressed(ctrlEnter, { ...up, key: "Enter", code: "Enter", metaKey: true }));
});

test("without its modifier a key is not the hotkey", () => {
  assert.ok(!isPressed(ctrlEnter, { ...up, key: "Enter", code: "Enter" }));
});

test("another key with the modifier is not the hotkey", () => {
  assert.ok(!isPressed(ctrlEnter, { ...up, key: "a", code: "KeyA", ctrlKey: true }));
});

test("a letter is its key in every layout", () => {
  const hotkey = parseHotkey("Alt+Shift+E");
  assert.ok(isPressed(hotkey, { ...up, key: "У", code: "KeyE", altKey: true, shiftKey: true }));
});

test("all modifiers are wanted", () => {
  assert.ok(!isPressed(parseHotkey("Alt+Shift+E"), { ...up, key: "e", code: "KeyE", altKey: true }));
});
