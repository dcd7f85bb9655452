import assert from "node:assert/strict";
import { test } from "node:test";
import { TextBuilder } from "../../../../moderation/static/widget/article/text-builder.js";

/** A stand-in for a text node: the builder reads its `data` only. */
const textNode = (/** @type {string} */ data) => /** @type {Text} */ (/** @type {unknown} */ ({ data }));

const textOf = (/** @type {TextBuilder} */ text) => text.points.join("");

test("runs of white space, no-break spaces too, are one space", () => {
  const text = new TextBuilder();
  text.addText(textNode("the \n\t\u00a0 quay"), 0, 0);
  assert.equal(textOf(text), "the quay");
});

test("no space stands at the start or at the end", () => {
  const text = new TextBuilder();
  text.addSpace();
  text.addText(textNode("  quay  "), 0, 0);
  text.addSpace();
  assert.equal(textOf(text), "quay");
});

test("the edge of a block separates words", () => {
  const text = new TextBuilder();
  text.addText(textNode("one"), 0, 0);
  text.addSpace();
  text.addText(textNode("two"), 0, 0);
  assert.equal(textOf(text), "one two");
});

test("invisible characters are dropped", () => {
  const text = new TextBuilder();
  text.addText(textNode("qu\u00ada\u200by\ufeff"), 0, 0);
  assert.equal(textOf(text), "quay");
});

test("a character outside the basic plane is one point, and its offset counts UTF-16 units", () => {
  const text = new TextBuilder();
  text.addText(textNode("a😀b"), 0, 0);
  assert.deepEqual(text.points, ["a", "😀", "b"]);
  assert.deepEqual(text.offsets, [0, 1, 3]);
});

test("the selected offsets become a span of the text", () => {
  const text = new TextBuilder();
  text.addText(textNode("the  old quay"), 5, 8);
  assert.equal(text.points.slice(text.start, text.end).join(""), "old");
});

test("a selection over two nodes is one span", () => {
  const text = new TextBuilder();
  text.addText(textNode("the old "), 4, Infinity);
  text.addText(textNode("stone quay"), 0, 5);
  assert.equal(text.points.slice(text.start, text.end).join(""), "old stone");
});

test("a selection of spaces only selects nothing", () => {
  const text = new TextBuilder();
  text.addText(textNode("the   quay"), 3, 6);
  assert.equal(text.start, -1);
});
