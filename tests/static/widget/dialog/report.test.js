import assert from "node:assert/strict";
import { test } from "node:test";
import { composeReport } from "../../../../moderation/static/widget/dialog/report.js";

const quote = { exact: "расказал", prefix: "Он ", suffix: " всем." };
const position = { start: 3, end: 11 };
const page = { url: "https://news.example/a", title: "", lang: "" };
const nothing = { correction: "расказал", comment: "", kind: "" };

test("a passage left as it was is no correction", () => {
  assert.deepEqual(composeReport({ quote, position }, page, nothing), { url: page.url, quote, position });
});

test("a correction and a comment are sent without the spaces around them", () => {
  const { correction, comment } = composeReport({ quote }, page, { correction: " рассказал ", comment: " две с ", kind: "" });
  assert.deepEqual([correction, comment], ["рассказал", "две с"]);
});

test("a selection outside the article has no position", () => {
  assert.ok(!("position" in composeReport({ quote }, page, nothing)));
});

test("a title is cut between characters", () => {
  const { title } = composeReport({ quote }, { ...page, title: "😀".repeat(600) }, nothing);
  assert.equal(title, "😀".repeat(500));
});

test("a language that is none is left out", () => {
  assert.ok(!("lang" in composeReport({ quote }, { ...page, lang: "по-русски" }, nothing)));
  assert.equal(composeReport({ quote }, { ...page, lang: "ru-RU" }, nothing).lang, "ru-RU");
});
