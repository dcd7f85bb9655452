import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { addSent, dropSent, readSent, sentTo } from "../../../../moderation/static/widget/service/sent.js";

const DAY = 24 * 3600 * 1000;
const SITE = { home: "https://typos.example/", siteKey: "pk_1" };

/** @param {number} number */
const entry = (number, site = SITE, since = Date.now() - 1000 + number) => ({
  ...site, since, url: "https://news.example/a", quote: { exact: `${number}` },
  receipt: { token: `t${number}`, url: `https://typos.example/r/${site.siteKey}-${number}` },
});
const exacts = () => sentTo(SITE).map(({ quote }) => quote.exact);

beforeEach(() => {
  globalThis.localStorage = /** @type {any} */ ({
    /** @param {string} name */
    removeItem(name) {
      delete this[name];
    },
  });
});

test("reports are listed newest first, those of another site or service are not", () => {
  const others = [entry(8, { ...SITE, siteKey: "pk_2" }), entry(9, { ...SITE, home: "https://other.example/" })];
  addSent([entry(1), ...others, entry(2)]);
  assert.deepEqual(exacts(), ["2", "1"]);
  assert.equal(readSent().length, 4);
});

test("at most a hundred are kept, fifty of a site are listed, for ninety days", () => {
  addSent([entry(0, SITE, Date.now() - 91 * DAY), ...Array.from({ length: 120 }, (_, number) => entry(number))]);
  assert.equal(readSent().length, 100);
  assert.equal(exacts().length, 50);
  assert.equal(exacts()[0], "119");
});

test("forgotten reports are gone, and come back where they were", () => {
  addSent([entry(1), entry(2), entry(3)]);
  const gone = sentTo(SITE).slice(1);
  dropSent(gone);
  assert.deepEqual(exacts(), ["3"]);
  addSent(gone);
  assert.deepEqual(exacts(), ["3", "2", "1"]);
  dropSent(sentTo(SITE));
  assert.equal(localStorage["corrigenda-sent"], undefined);
});

test("a passage that an earlier version marked is no report of the list", () => {
  localStorage["corrigenda-sent"] = JSON.stringify([{ url: "https://news.example/a", quote: { exact: "x" }, since: Date.now() }]);
  assert.equal(readSent().length, 1);
  assert.deepEqual(exacts(), []);
});

test("storage that is switched off, or that somebody else wrote, holds no reports", () => {
  localStorage["corrigenda-sent"] = '{"a": 1}';
  assert.deepEqual(readSent(), []);
  delete (/** @type {any} */ (globalThis).localStorage);
  Object.defineProperty(globalThis, "localStorage", { configurable: true, writable: true, value: undefined });
  addSent([entry(1)]);
  assert.deepEqual(readSent(), []);
});
