import assert from "node:assert/strict";
import { test } from "node:test";
import { shortAge } from "../../../moderation/static/desk/times.js";

const ages = (/** @type {string} */ lang) => {
  const words = new Intl.RelativeTimeFormat(lang, { style: "short" });
  return [-300, -7200, -1209600].map((seconds) => shortAge(words, seconds));
};

test("an age has no full stops after its unit", () => {
  assert.deepEqual(ages("en"), ["5 min ago", "2 hr ago", "2 wk ago"]);
  assert.deepEqual(ages("ru"), ["5 мин назад", "2 ч назад", "2 нед назад"]);
});
