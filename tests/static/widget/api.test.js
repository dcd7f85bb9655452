// tsc checks the types of each export against api.d.ts. This checks that nothing is missing on either side.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";

const widget = new URL("../../../moderation/static/widget/", import.meta.url);
const exported = async (/** @type {string} */ name) =>
  [...(await readFile(new URL(name, widget), "utf8")).matchAll(/^export (?:async )?function (\w+)/gm)].map((match) => match[1]).sort();

test("api.js exports what api.d.ts declares", async () => {
  assert.deepEqual(await exported("api.js"), await exported("api.d.ts"));
});

test("every language has the same words", async () => {
  const words = async (/** @type {string} */ name) =>
    Object.keys(JSON.parse(await readFile(new URL(name, widget), "utf8")));
  for (const kind of ["words", "reports"]) {
    const files = (await readdir(widget)).filter((name) => name.startsWith(`${kind}.`) && name.endsWith(".json"));
    assert.ok(files.length >= 2);
    for (const name of files) assert.deepEqual(await words(name), await words(`${kind}.en.json`), name);
  }
});
